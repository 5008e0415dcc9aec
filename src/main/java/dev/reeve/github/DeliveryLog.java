package dev.reeve.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reeve.github.ApiRequest.Method;
import dev.reeve.github.ApiRequest.Repeat;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * GitHub's log of what it delivered to the App's webhook, the newest first. It keeps deliveries for three days, on Enterprise Server for seven.
 *
 * <p><b>Threading</b>: any thread.
 */
public final class DeliveryLog {

    private static final int PER_PAGE = 100;
    private static final Pattern NEXT = Pattern
            .compile("[?&]cursor=([A-Za-z0-9_%.=-]{1,200})(?:&[^>]*)?>[^,]*rel=\"next\"");

    private final AppCalls app;

    DeliveryLog(AppCalls app) {
        this.app = app;
    }

    /**
     * One attempt of a delivery, as it is listed. An entry without an id, a GUID or a time is left out of a page.
     *
     * @param guid of the event: all attempts of one delivery have the same
     * @param succeeded whether it was answered with success
     * @param outcome GitHub's word for what came of it, {@code timed out}; empty where it says none
     * @param repository GitHub's id of the repository that it is about; null for none
     * @param installation null for none
     */
    public record Entry(long id, String guid, Instant deliveredAt, boolean succeeded, String outcome,
            String event, @Nullable Long repository, @Nullable Long installation) {}

    /**
     * A part of the log.
     *
     * @param entries the newest first
     * @param malformed how many entries can't be understood
     * @param next where it goes on; nothing when this is the end
     */
    public record Page(List<Entry> entries, int malformed, Optional<String> next) {}

    /**
     * What was sent.
     *
     * @param hook {@code X-GitHub-Hook-ID}; empty when the log doesn't say
     * @param payload the JSON; empty when the log doesn't have it
     */
    public record Sent(OptionalLong hook, Optional<byte[]> payload) {}

    /**
     * A page, in one request.
     *
     * @param cursor what the page before said is next; null for the newest
     * @throws GitHubFailure also when it says that there is a next one and not which, as {@link GitHubFailure.Kind.Malformed}
     */
    public Page page(@Nullable String cursor) {
        var request = get("/app/hook/deliveries?per_page=" + PER_PAGE + (cursor == null ? "" : "&cursor=" + cursor));
        var answer = app.exchange(request);
        var all = answer.fields(request).each().map(DeliveryLog::entry).toList();
        var entries = all.stream().flatMap(Optional::stream).toList();
        return new Page(entries, all.size() - entries.size(), next(request, answer));
    }

    /** Taken for the end, a link that isn't understood would hide all that is older. */
    private static Optional<String> next(ApiRequest request, ApiAnswer answer) {
        var cursor = answer.link().map(NEXT::matcher).filter(Matcher::find).map(found -> found.group(1));
        if (cursor.isEmpty() && answer.hasNextPage()) {
            throw GitHubFailure.malformed(request, "without a cursor in the link to its next page");
        }
        return cursor;
    }

    private static Optional<Entry> entry(Fields fields) {
        try {
            return Optional.of(new Entry(fields.id("id"), fields.text("guid"), fields.time("delivered_at"),
                    isSuccess(fields.node().path("status_code")), fields.node().path("status").asText(""),
                    fields.text("event"),
                    optionalId(fields, "repository_id"), optionalId(fields, "installation_id")));
        } catch (GitHubFailure _) {
            return Optional.empty();
        }
    }

    private static boolean isSuccess(JsonNode status) {
        return status.isIntegralNumber() && status.intValue() >= 200 && status.intValue() < 300;
    }

    private static @Nullable Long optionalId(Fields fields, String name) {
        return fields.node().hasNonNull(name) ? Long.valueOf(fields.id(name)) : null;
    }

    /**
     * What was sent with an entry, in one request.
     *
     * @throws GitHubFailure also when it is larger than is read, as {@link GitHubFailure.Kind.Malformed}
     */
    public Sent sent(long id) {
        var request = get("/app/hook/deliveries/" + id);
        var fields = app.exchange(request).fields(request);
        var sent = fields.node().path("request");
        var payload = sent.path("payload");
        return new Sent(hook(sent.path("headers")), payload.isObject() && !payload.isEmpty()
                ? Optional.of(payload.toString().getBytes(StandardCharsets.UTF_8))
                : Optional.empty());
    }

    private static OptionalLong hook(JsonNode headers) {
        return headers.properties()
                .stream()
                .filter(header -> header.getKey().equalsIgnoreCase("X-GitHub-Hook-ID"))
                .map(header -> header.getValue().asText())
                .filter(value -> value.matches("[1-9][0-9]{0,17}"))
                .mapToLong(Long::parseLong)
                .findFirst();
    }

    private static ApiRequest get(String path) {
        return new ApiRequest(Method.GET, path, null, Permission.METADATA_READ, Repeat.HARMLESS);
    }
}
