package dev.reeve.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a heartbeat makes of one task.
 *
 * @param reason the rule that decided on the bucket, for people
 * @param incident the signals as one row; nothing when there is none
 */
public record Judgement(BeatFacts facts, Bucket bucket, String reason, Dispatchability dispatch,
        Optional<Incident> incident) {

    /** Its signals, the leading one first. */
    public List<Signal> signals() {
        return incident.map(Incident::signals).orElse(List.of());
    }

    /** Whether a worker may be started for it now; decided apart from the bucket. */
    public sealed interface Dispatchability {

        /** It may, since then. */
        record Dispatchable(Instant since) implements Dispatchability {}

        /** It may not, for this reason. */
        record NotDispatchable(String reason) implements Dispatchability {}
    }
}
