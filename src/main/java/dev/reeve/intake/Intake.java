package dev.reeve.intake;

import dev.reeve.inbox.Delivery;
import dev.reeve.inbox.Inbox;
import dev.reeve.inbox.Payload;
import io.micrometer.core.instrument.MeterRegistry;

import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;

/**
 * Takes webhooks in.
 *
 * <p><b>Threading:</b> for any thread; nothing is kept between requests.
 */
public final class Intake {

    /** GitHub's own limit of a payload, in bytes. */
    public static final int LARGEST_BODY = 25 * 1024 * 1024;

    static final String TOO_LARGE = "the body is larger than 25 MB";

    private final Inbox inbox;
    private final WebhookSecrets secrets;
    private final InstantSource clock;
    private final IntakeMetrics metrics;

    public Intake(Inbox inbox, WebhookSecrets secrets, InstantSource clock, MeterRegistry metrics) {
        this.inbox = inbox;
        this.secrets = secrets;
        this.clock = clock;
        this.metrics = new IntakeMetrics(metrics);
    }

    /**
     * Judges a request before its body is read.
     *
     * @param declaredLength the body's length in bytes as the request states it, -1 when it doesn't
     */
    public Admission admit(Headers headers, long declaredLength) {
        try {
            return new Admission.Admitted(Envelope.read(headers, declaredLength));
        } catch (RefusedException e) {
            return new Admission.Rejected(unverified(e.answer()));
        }
    }

    /** What to answer when the body turned out larger than {@link #LARGEST_BODY}. */
    public Answer tooLarge() {
        return unverified(new Answer.Refused(Refusal.TOO_LARGE, TOO_LARGE));
    }

    /** What to answer when there is no memory for another body. */
    public Answer overCapacity() {
        return unverified(new Answer.Refused(Refusal.UNAVAILABLE, "too many deliveries are being received"));
    }

    /** Verifies, reads and routes a delivery and makes it durable; never completes exceptionally. */
    public CompletableFuture<Answer> receive(Admission.Admitted admitted, byte[] body) {
        var envelope = admitted.envelope();
        if (body.length > LARGEST_BODY) {
            return CompletableFuture.completedFuture(tooLarge());
        }
        var secret = secrets.verify(body, envelope.signature());
        if (secret.isEmpty()) {
            return CompletableFuture.completedFuture(unverified(
                    new Answer.Refused(Refusal.UNAUTHORIZED, "the signature matches none of the webhook secrets")));
        }
        metrics.signed(secret.get());
        try {
            var json = switch (envelope.body()) {
                case JSON -> body;
                case FORM -> FormBody.payload(body);
            };
            return accept(envelope.hookId(), WebhookEvent.read(envelope, json), json);
        } catch (RefusedException e) {
            metrics.verified(envelope.event(), null, e.answer());
            return CompletableFuture.completedFuture(e.answer());
        }
    }

    /**
     * Takes in what GitHub says it has sent and we have not got, just as if it came now, unless it has come meanwhile. That it is GitHub who says so is for
     * the caller to know. Never completes exceptionally.
     *
     * @param json its payload
     */
    public CompletableFuture<Recovered> recover(SentBefore sent, byte[] json) {
        try {
            var event = WebhookEvent.read(sent.guid(), sent.event(), json);
            return inbox.recover(delivery(sent.hookId(), event, json), Routing.arrivals(event))
                    .thenApply(isNew -> isNew ? Recovered.TAKEN_IN : Recovered.HERE_ALREADY)
                    .exceptionally(_ -> Recovered.NOT_NOW);
        } catch (RefusedException e) {
            return CompletableFuture.completedFuture(Recovered.NO_GOOD);
        }
    }

    private CompletableFuture<Answer> accept(long hookId, WebhookEvent event, byte[] json) {
        return inbox.accept(delivery(hookId, event, json), Routing.arrivals(event))
                .<Answer>thenApply(Answer.Accepted::new)
                .exceptionally(_ -> unavailable())
                .whenComplete((answer, _) -> metrics.verified(event.event(), event.action(), answer));
    }

    private Delivery delivery(long hookId, WebhookEvent event, byte[] json) {
        return new Delivery(hookId, event.guid(), event.event(), event.action(), event.repository(),
                event.installation(), clock.instant(), Payload.of(json));
    }

    private static Answer unavailable() {
        return new Answer.Refused(Refusal.UNAVAILABLE, "the delivery could not be made durable, send it again later");
    }

    private <T extends Answer> T unverified(T answer) {
        metrics.unverified(answer);
        return answer;
    }
}
