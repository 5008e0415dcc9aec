package dev.reeve.intake;

import dev.reeve.inbox.Databases;
import dev.reeve.inbox.Inbox;
import dev.reeve.inbox.Samples;
import dev.reeve.kit.SettableClock;
import dev.reeve.model.Outcome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class IntakeTest {

    private static final SettableClock CLOCK = SettableClock.atNoon();
    private static final Inbox INBOX = Inbox.open(Samples.settings(Databases.SQLITE.fresh(), CLOCK));
    private static final String BODY = Webhooks.pullRequest("closed", 12);

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Intake intake = new Intake(INBOX, new WebhookSecrets(List.of("old", Webhooks.SECRET)), CLOCK,
            metrics);

    @AfterAll
    static void close() {
        INBOX.close();
    }

    @BeforeEach
    void forgetEarlierWork() {
        CLOCK.advance(Duration.ofDays(1));
        INBOX.queue()
                .claim("cleaner", 1_000, Duration.ofDays(1))
                .join()
                .forEach(
                        claim -> INBOX.queue().finish(claim, new Outcome.Done(), List.of()).join());
        INBOX.purge(CLOCK.instant()).join();
    }

    private Answer send(Map<String, List<String>> headers, byte[] body) {
        return switch (intake.admit(name -> headers.getOrDefault(name, List.of()), body.length)) {
            case Admission.Rejected(var answer) -> answer;
            case Admission.Admitted admitted -> intake.receive(admitted, body).join();
        };
    }

    private Answer send(String event, String json) {
        var body = json.getBytes(StandardCharsets.UTF_8);
        return send(Webhooks.headers(event, body), body);
    }

    private static Map<String, List<String>> headers() {
        return Webhooks.headers("pull_request", BODY.getBytes(StandardCharsets.UTF_8));
    }

    private void isRefused(Answer answer, Refusal refusal) {
        assertThat(answer).isInstanceOfSatisfying(Answer.Refused.class,
                refused -> assertThat(refused.refusal()).isEqualTo(refusal));
        assertThat(INBOX.overview().delivery(Webhooks.GUID)).isEmpty();
        assertThat(INBOX.queue().pending().due()).isZero();
    }

    private static List<String> subjects() {
        return INBOX.queue()
                .claim("test", 100, Duration.ofHours(1))
                .join()
                .stream()
                .map(claim -> claim.key().toString())
                .toList();
    }

    @Test
    void aSignedDeliveryIsStoredWithItsWork() throws Exception {
        assertThat(send("pull_request", BODY)).isInstanceOfSatisfying(Answer.Accepted.class,
                accepted -> assertThat(accepted.receipt().attempt()).isEqualTo(1));

        var stored = INBOX.overview().delivery(Webhooks.GUID).orElseThrow().delivery();
        assertThat(stored.repository()).isEqualTo("Acme/Shop");
        assertThat(stored.installation()).isEqualTo(5L);
        assertThat(stored.action()).isEqualTo("closed");
        assertThat(INBOX.body(stored.id()).orElseThrow().open().readAllBytes()).asString(StandardCharsets.UTF_8)
                .isEqualTo(BODY);
        assertThat(subjects()).containsExactly("Acme/Shop pull/12");
    }

    @Test
    void aRedeliveryIsAnotherAttempt() {
        send("pull_request", BODY);

        assertThat(send("pull_request", BODY)).isInstanceOfSatisfying(Answer.Accepted.class,
                accepted -> assertThat(accepted.receipt().attempt()).isEqualTo(2));
    }

    @ParameterizedTest
    @CsvSource({"old,true", "It's a Secret to Everybody,true", "it's a secret to everybody,false", "other,false"})
    void anyOfTheSecretsWillDoAndNoOther(String secret, boolean accepted) {
        var body = BODY.getBytes(StandardCharsets.UTF_8);
        var headers = headers();
        headers.put("X-Hub-Signature-256", List.of(Webhooks.signature(secret, body)));

        assertThat(send(headers, body) instanceof Answer.Accepted).isEqualTo(accepted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sha256=", "sha1=aa", "sha256=zz", "SHA256=%s", " sha256=%s", "sha256=%s0",
            "sha256=%s,", "%s"})
    void aMalformedSignatureIsUnauthorized(String format) {
        var body = BODY.getBytes(StandardCharsets.UTF_8);
        var headers = headers();
        headers.put("X-Hub-Signature-256",
                List.of(format.formatted(Webhooks.signature(Webhooks.SECRET, body).substring("sha256=".length()))));

        isRefused(send(headers, body), Refusal.UNAUTHORIZED);
    }

    @Test
    void aSignatureOfAnotherBodyIsUnauthorizedAndTheBodyIsNotParsed() {
        isRefused(send(headers(), "{broken".getBytes(StandardCharsets.UTF_8)), Refusal.UNAUTHORIZED);
        assertThat(metrics.counter("reeve.webhooks", "event", "unverified", "action", "none", "status", "401").count())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-GitHub-Hook-ID", "X-GitHub-Delivery", "X-GitHub-Event"})
    void aMissingRepeatedEmptyOrHostileHeaderIsMalformed(String name) {
        var body = BODY.getBytes(StandardCharsets.UTF_8);
        for (var values : List.of(List.<String>of(), List.of("1", "1"), List.of(""), List.of("a\u0000b"),
                List.of("a\nb: c"),
                List.of("../../etc/passwd"), List.of("9".repeat(10_000)), List.of("-1"), List.of("é"),
                List.of("<b>"))) {
            var headers = headers();
            headers.put(name, values);
            isRefused(send(headers, body), Refusal.MALFORMED);
        }
    }

    @Test
    void aMissingOrRepeatedSignatureIsUnauthorized() {
        var headers = headers();
        var one = headers.getOrDefault("X-Hub-Signature-256", List.of()).getFirst();
        headers.put("X-Hub-Signature-256", List.of(one, one));
        isRefused(send(headers, BODY.getBytes(StandardCharsets.UTF_8)), Refusal.UNAUTHORIZED);
        headers.remove("X-Hub-Signature-256");
        isRefused(send(headers, BODY.getBytes(StandardCharsets.UTF_8)), Refusal.UNAUTHORIZED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text/plain", "application/jsonx", "multipart/form-data; boundary=x",
            "application/xml"})
    void anotherContentTypeIsUnsupported(String type) {
        var headers = headers();
        headers.put("Content-Type", List.of(type));

        isRefused(send(headers, BODY.getBytes(StandardCharsets.UTF_8)), Refusal.UNSUPPORTED);
    }

    @Test
    void moreThan25MegabytesAreTooLargeWhetherAnnouncedOrNot() {
        assertThat(intake.admit(name -> headers().getOrDefault(name, List.of()), Intake.LARGEST_BODY + 1L))
                .isInstanceOf(Admission.Rejected.class);
        var body = new byte[Intake.LARGEST_BODY + 1];
        var headers = Webhooks.headers("push", body);
        if (intake.admit(name -> headers.getOrDefault(name, List.of()), -1) instanceof Admission.Admitted admitted) {
            isRefused(intake.receive(admitted, body).join(), Refusal.TOO_LARGE);
        } else {
            throw new AssertionError("not admitted");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "[]", "7", "\"x\"", "{", "{}}", "{} {}", "{\"a\":1,}", "{'a':1}",
            "{\"a\":01}",
            "{\"a\":\"\n\"}", "{\"action\":{}}", "{\"action\":[\"closed\"]}", "{\"action\":\"Closed!\"}",
            "{\"action\":\"closed\",\"action\":\"opened\"}", "{\"installation\":{\"id\":\"x\"}}",
            "{\"installation\":{\"id\":-1}}",
            "{\"installation\":{\"id\":99999999999999999999}}", "{\"repository\":{\"full_name\":\"../..\"}}",
            "{\"repository\":{\"full_name\":\"a\"}}", "{\"repository\":{\"full_name\":\"a/b\\u0000\"}}",
            "{\"repository\":{\"full_name\":\"-o/b\"}}", "{\"repository\":{\"full_name\":\"a/b.git\"}}",
            "{\"repository\":{\"full_name\":\"a/b\"},\"repository\":{\"full_name\":\"c/d\"}}"})
    void aPayloadThatIsNotWhatGitHubSendsIsMalformed(String json) {
        isRefused(send("issues", json), Refusal.MALFORMED);
    }

    @Test
    void aPayloadNestedTooDeeplyIsMalformed() {
        isRefused(send("issues", "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000)), Refusal.MALFORMED);
        isRefused(send("issues", "{\"a\":" + "[".repeat(200_000)), Refusal.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "1e3", "1000000000", "99999999999999999999999", "\"x\"", "null", "{}",
            "[1]"})
    void aPullRequestNumberOutOfRangeIsMalformed(String number) {
        isRefused(send("pull_request", "{\"action\":\"closed\",\"pull_request\":{\"number\":" + number
                + "},\"repository\":{\"full_name\":\"a/b\",\"default_branch\":\"main\"}}"), Refusal.MALFORMED);
    }

    @Test
    void aPushWithoutWhatItNeedsIsMalformed() {
        var zero = "0".repeat(40);
        isRefused(send("push", Webhooks.push("refs/heads/main", "xyz", zero, "")), Refusal.MALFORMED);
        isRefused(send("push", Webhooks.push("refs/heads/main", zero, "--upload-pack=x", "")), Refusal.MALFORMED);
        isRefused(send("push", "{}"), Refusal.MALFORMED);
    }

    @Test
    void aFormIsTheSameDeliveryAndItsJsonIsStored() throws Exception {
        var form = "other=%7B&payload=" + URLEncoder.encode(BODY, StandardCharsets.UTF_8) + "&more=1";
        var body = form.getBytes(StandardCharsets.UTF_8);
        var headers = Webhooks.headers("pull_request", body);
        headers.put("content-type", List.of("Application/X-WWW-Form-Urlencoded; charset=utf-8"));

        assertThat(send(headers, body)).isInstanceOf(Answer.Accepted.class);
        var stored = INBOX.overview().delivery(Webhooks.GUID).orElseThrow().delivery();
        assertThat(INBOX.body(stored.id()).orElseThrow().open().readAllBytes()).asString(StandardCharsets.UTF_8)
                .isEqualTo(BODY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&", "payload", "payload=", "x=1", "xpayload=%7B%7D", "payload=%7B%7D&payload=%7B%7D",
            "payload=%",
            "payload=%7", "payload=%zz", "payload=%7B", "payload=%FF%FE"})
    void aFormWithoutExactlyOneWholePayloadIsMalformed(String form) {
        var body = form.getBytes(StandardCharsets.UTF_8);
        var headers = Webhooks.headers("issues", body);
        headers.put("Content-Type", List.of("application/x-www-form-urlencoded"));

        isRefused(send(headers, body), Refusal.MALFORMED);
    }

    @Test
    void whatNeedsNothingDoneIsStoredCountedAndMakesNoWork() {
        assertThat(send("ping", "{\"zen\":\"Keep it logically awesome.\"}")).isInstanceOf(Answer.Accepted.class);
        assertThat(subjects()).isEmpty();
        assertThat(metrics.counter("reeve.webhooks", "event", "ping", "action", "none", "status", "202").count())
                .isEqualTo(1);
    }

    @Test
    void namesThatGitHubDoesNotUseMakeNoNewMetrics() {
        send("made_up", "{\"action\":\"made_up_too\"}");

        assertThat(metrics.counter("reeve.webhooks", "event", "other", "action", "other", "status", "202").count())
                .isEqualTo(1);
    }

    @Test
    void anEmptySecretIsRefusedAndSecretsAreNotShown() {
        assertThatIllegalArgumentException().isThrownBy(() -> new WebhookSecrets(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new WebhookSecrets(List.of("good", " ")));
        assertThat(new WebhookSecrets(List.of("good"))).hasToString("***");
    }

    @Test
    void aClosedInboxIsUnavailable() {
        var closed = Inbox.open(Samples.settings(Databases.SQLITE.fresh(), CLOCK));
        var late = new Intake(closed, new WebhookSecrets(List.of(Webhooks.SECRET)), CLOCK, metrics);
        closed.close();
        var body = BODY.getBytes(StandardCharsets.UTF_8);
        if (late.admit(name -> headers().getOrDefault(name, List.of()),
                body.length) instanceof Admission.Admitted admitted) {
            isRefused(late.receive(admitted, body).join(), Refusal.UNAVAILABLE);
        } else {
            throw new AssertionError("not admitted");
        }
    }
}
