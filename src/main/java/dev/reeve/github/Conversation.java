package dev.reeve.github;

import dev.reeve.model.Text;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GitHub;
import org.kohsuke.github.GitHubAbuseLimitHandler;
import org.kohsuke.github.GitHubBuilder;
import org.kohsuke.github.GitHubRateLimitHandler;
import org.kohsuke.github.RateLimitChecker;
import org.kohsuke.github.connector.GitHubConnector;
import org.kohsuke.github.connector.GitHubConnectorRequest;
import org.kohsuke.github.connector.GitHubConnectorResponse;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * One question, put to GitHub by the client library. The library makes the requests and reads the answers into its
 * types; sending is the {@link Exchange}'s, so that the library sees no token, no refusal, no redirect and no fault of
 * the network, and has no reason to retry or wait. It is handed an answer after that has the form that is needed.
 *
 * <p>The library's root object is made anew for each conversation, which costs microseconds: it keeps what it has
 * seen of users and limits, and nothing of one repository is to turn up in another's answers.
 *
 * <p><b>Threading</b>: one thread.
 */
final class Conversation implements GitHubConnector {

    private final Endpoint endpoint;
    private final Exchange exchange;
    private final Question question;
    private @Nullable ApiRequest asked;
    private @Nullable ApiAnswer heard;
    private @Nullable Fields read;

    private Conversation(Endpoint endpoint, Exchange exchange, Question question) {
        this.endpoint = endpoint;
        this.exchange = exchange;
        this.question = question;
    }

    /** What is done with the library to get an answer. */
    interface Talk<T> {

        /**
         * The answer.
         *
         * @param conversation what GitHub said last, beside what the library makes of it
         */
        T with(GitHub gitHub, Conversation conversation) throws IOException;
    }

    /**
     * Asks.
     *
     * @throws GitHubFailure also when the library can't read an answer, whatever it throws then
     */
    static <T> T about(Question question, Endpoint endpoint, Exchange exchange, Talk<T> talk) {
        var conversation = new Conversation(endpoint, exchange, question);
        try {
            return talk.with(conversation.library(), conversation);
        } catch (GitHubFailure failure) {
            throw failure;
        } catch (IOException | RuntimeException e) {
            throw conversation.notRead(e);
        }
    }

    private GitHub library() throws IOException {
        return new GitHubBuilder().withEndpoint(endpoint.api().toString())
                .withConnector(this)
                // Neither is ever asked, since no refusal gets that far; but the usual ones sleep, for an hour if need be.
                .withRateLimitHandler(GitHubRateLimitHandler.FAIL)
                .withAbuseLimitHandler(GitHubAbuseLimitHandler.FAIL)
                .withRateLimitChecker(RateLimitChecker.NONE)
                .build();
    }

    @Override
    public GitHubConnectorResponse send(GitHubConnectorRequest wanted) throws IOException {
        var request = read(wanted);
        asked = request;
        var answer = exchange.exchange(request);
        var fields = answer.fields(request);
        question.form().accept(fields);
        heard = answer;
        read = fields;
        return new Response(wanted, answer);
    }

    private ApiRequest read(GitHubConnectorRequest wanted) throws IOException {
        var method = ApiRequest.Method.valueOf(wanted.method().toUpperCase(Locale.ROOT));
        var path = endpoint.pathOf(URI.create(wanted.url().toString()));
        if (path.isEmpty()) {
            throw GitHubFailure.malformed(Objects.requireNonNull(asked), "a next page on another server");
        }
        try (var body = wanted.body()) {
            var text = body == null ? null : new String(body.readAllBytes(), StandardCharsets.UTF_8);
            return new ApiRequest(method, path.get(), text, question.needs(), question.repeat());
        }
    }

    /** The last answer's fields, for what the library doesn't show. */
    Fields fields() {
        return Objects.requireNonNull(read);
    }

    /** The last answer. */
    ApiAnswer last() {
        return Objects.requireNonNull(heard);
    }

    /** The library's message may show the answer, and with it a token; where it came from shows what is needed. */
    private GitHubFailure notRead(Exception e) {
        if (asked == null) {
            throw new IllegalStateException("the client library failed before it asked", e);
        }
        var failure = GitHubFailure.malformed(asked, "the client library can't read it, "
                + Text.plain(e.getClass().getSimpleName(), 100));
        failure.setStackTrace(e.getStackTrace());
        return failure;
    }

    /** An answer for the library, with no headers but the one by which it finds the next page. */
    private static final class Response extends GitHubConnectorResponse.ByteArrayResponse {

        private final byte[] body;

        Response(GitHubConnectorRequest request, ApiAnswer answer) {
            super(request, answer.status(), answer.link()
                    .map(link -> Map.of("Link", List.of(link)))
                    .orElse(Map.of()));
            this.body = answer.body().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        protected InputStream rawBodyStream() {
            return new ByteArrayInputStream(body);
        }
    }
}
