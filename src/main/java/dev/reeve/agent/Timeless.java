package dev.reeve.agent;

import dev.reeve.decide.BeatDecision;
import dev.reeve.decide.HeartbeatPolicy;
import dev.reeve.decide.QueueState;
import dev.reeve.model.BeatFacts;
import dev.reeve.model.Judgement;
import dev.reeve.model.Slug;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was made of tasks that nobody has touched. It holds as long as their files, the queue and what the heartbeat goes by are the same, whatever time it is, so that most tasks are judged
 * once and not in every cycle.
 *
 * <p><b>Threading:</b> one thread at a time.
 */
final class Timeless {

    private final Map<Slug, Judgement> judgements = new HashMap<>();
    private @Nullable Basis basis;

    /** What all of them rest on, besides their own facts. */
    private record Basis(QueueState queue, HeartbeatPolicy policy) {}

    /** Forgets everything, unless it rests on this too. */
    void restOn(QueueState queue, HeartbeatPolicy policy) {
        var now = new Basis(queue, policy.at(Instant.EPOCH));
        if (!now.equals(basis)) {
            judgements.clear();
            basis = now;
        }
    }

    /** What was made of these facts before, which must be about the same files. */
    Optional<Judgement> of(BeatFacts facts) {
        return Optional.ofNullable(judgements.get(facts.slug())).filter(known -> isAbout(known.facts(), facts));
    }

    private static boolean isAbout(BeatFacts known, BeatFacts facts) {
        return facts.detail().isEmpty() && facts.standing().isEmpty()
                && known.pullRequest().equals(facts.pullRequest());
    }

    void keep(Judgement judgement) {
        if (BeatDecision.isTimeless(judgement)) {
            judgements.put(judgement.facts().slug(), judgement);
        }
    }

    void forget() {
        judgements.clear();
    }
}
