package dev.reeve.kit;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Something that goes wrong with one request.
 *
 * @param when whether the request takes effect before it goes wrong, as when an answer is lost
 */
public record Trouble(When when, Function<FakeAnswer, ResponseDefinitionBuilder> answer) {

    /** When it strikes. */
    public enum When {
        INSTEAD, AFTER_EFFECT
    }

    /** An answer with this status and GitHub's form. */
    public static Trouble status(int status, String message) {
        return answering(FakeAnswer.refused(status, message));
    }

    /** A server in between has failed, and says so in HTML. */
    public static Trouble badGateway() {
        return body(502, "<html><h1>502 Bad Gateway</h1></html>");
    }

    /** Any body with any status. */
    public static Trouble body(int status, String body) {
        return answering(new FakeAnswer(status, Map.of(), body));
    }

    /** Any body with status 200 and one more header. */
    public static Trouble body(String body, String header, String value) {
        return answering(new FakeAnswer(200, Map.of(header, value), body));
    }

    /** GitHub finds that too much is asked at once. */
    public static Trouble secondaryLimit(Duration retryAfter) {
        return answering(FakeAnswer.refused(403, "You have exceeded a secondary rate limit.")
                .with("Retry-After", Long.toString(retryAfter.toSeconds())));
    }

    /** The same with either status that GitHub gives it, and with or without a time. */
    public static Trouble secondaryLimit(int status, Optional<Duration> retryAfter) {
        var refused = FakeAnswer.refused(status,
                "You have exceeded a secondary rate limit. Please wait a few minutes.");
        return answering(retryAfter.map(time -> refused.with("Retry-After", Long.toString(time.toSeconds())))
                .orElse(refused));
    }

    /** No request is left before the given time. */
    public static Trouble usedUp(Instant until) {
        return answering(FakeAnswer.refused(403, "API rate limit exceeded for installation ID 5000.")
                .with("X-RateLimit-Remaining", "0")
                .with("X-RateLimit-Reset", Long.toString(until.getEpochSecond())));
    }

    /** Sends the client elsewhere. */
    public static Trouble redirect(int status, String location) {
        return answering(FakeAnswer.refused(status, "Moved Permanently").with("Location", location));
    }

    /** The connection is cut. */
    public static Trouble reset() {
        return new Trouble(When.INSTEAD,
                _ -> new ResponseDefinitionBuilder().withFault(Fault.CONNECTION_RESET_BY_PEER));
    }

    /** The true answer, but so long after. */
    public static Trouble slow(Duration delay) {
        return new Trouble(When.AFTER_EFFECT,
                answer -> FakeGitHub.definition(answer).withFixedDelay((int) delay.toMillis()));
    }

    /** The true answer's headers at once, its body in pieces over this time. */
    public static Trouble trickle(Duration time) {
        return new Trouble(When.AFTER_EFFECT,
                answer -> FakeGitHub.definition(answer).withChunkedDribbleDelay(10, (int) time.toMillis()));
    }

    /** The same, but the request has been carried out when it strikes. */
    public Trouble afterEffect() {
        return new Trouble(When.AFTER_EFFECT, answer);
    }

    private static Trouble answering(FakeAnswer answer) {
        return new Trouble(When.INSTEAD, _ -> FakeGitHub.definition(answer));
    }
}
