package dev.reeve.inbox;

import dev.reeve.decide.Backoff;
import dev.reeve.model.RepositoryName;
import dev.reeve.model.Subject;
import dev.reeve.model.Trigger;
import dev.reeve.model.WorkKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/** What tests put into an inbox. */
public final class Samples {

    public static final RepositoryName REPOSITORY = new RepositoryName("Acme", "Shop");

    private Samples() {}

    public static InboxSettings settings(DatabaseLocation location, InstantSource clock) {
        return settings(location, clock, Checkpoint.NONE);
    }

    public static InboxSettings settings(DatabaseLocation location, InstantSource clock, Checkpoint checkpoint) {
        return new InboxSettings(location, clock, failures -> Backoff.delayAfter(failures, 0.5),
                new SimpleMeterRegistry(), checkpoint, InboxSettings.USUAL_CAPACITY);
    }

    public static WorkKey key(int number) {
        return new WorkKey(REPOSITORY, new Subject.OfPullRequest(number));
    }

    public static Arrival arrival(int number, String guid) {
        return new Arrival(key(number), new Trigger("pull_request closed", guid, null, null));
    }

    public static Delivery delivery(String guid, InstantSource clock) {
        return delivery(guid, clock, "{\"action\":\"closed\"}".getBytes(StandardCharsets.UTF_8));
    }

    public static Delivery delivery(String guid, InstantSource clock, byte[] body) {
        return new Delivery(77, guid, "pull_request", "closed", REPOSITORY, 5L, clock.instant(), Payload.of(body));
    }
}
