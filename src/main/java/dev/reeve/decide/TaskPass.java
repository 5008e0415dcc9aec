package dev.reeve.decide;

import dev.reeve.model.BeatFacts;
import dev.reeve.model.Pass;
import dev.reeve.model.Signal;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The passes of a heartbeat that look at one task each, in their order. Each is a function of its own: whoever runs them lets one that fails
 * become a {@code pass_failed} signal and goes on with the others. What is between tasks is in {@link CatalogReferences};
 * {@code pickup_overdue} follows from the judgement and is raised by {@link BeatDecision#judge}.
 */
public enum TaskPass {
    /** Faults of the file, and an owner in nobody's queue. */
    TASK_FILE(null) {
        @Override
        List<Signal> look(BeatFacts facts, HeartbeatPolicy policy) {
            return TaskFileSignals.of(facts, policy);
        }
    },
    /** The last run: failed, gone, stalled, resting, paused, unreadable. */
    LAST_RUN(null) {
        @Override
        List<Signal> look(BeatFacts facts, HeartbeatPolicy policy) {
            return RunSignals.of(facts, policy);
        }
    },
    /** In progress and forgotten. */
    STUCK(null) {
        @Override
        List<Signal> look(BeatFacts facts, HeartbeatPolicy policy) {
            return ProgressSignals.stuck(facts, policy);
        }
    },
    /** The pull request, its checks and reviews. */
    PR_ATTENTION(Pass.PR_ATTENTION) {
        @Override
        List<Signal> look(BeatFacts facts, HeartbeatPolicy policy) {
            return PullRequestSignals.of(facts, policy);
        }
    },
    /** Register entries and worktrees that outlive their work. */
    REGISTER_ORPHANS(Pass.REGISTER_ORPHANS) {
        @Override
        List<Signal> look(BeatFacts facts, HeartbeatPolicy policy) {
            return StepSignals.orphans(facts, policy);
        }
    },
    /** A worktree whose copy of the task says something else. */
    METADATA_DRIFT(Pass.METADATA_DRIFT) {
        @Override
        List<Signal> look(BeatFacts facts, HeartbeatPolicy policy) {
            return StepSignals.drift(facts, policy);
        }
    },
    /** A run that ended well and left nothing to show. */
    DISPATCH_UNRECONCILED(Pass.DISPATCH_UNRECONCILED) {
        @Override
        List<Signal> look(BeatFacts facts, HeartbeatPolicy policy) {
            return UnreconciledSignals.of(facts, policy);
        }
    },
    /** In progress and looking done. */
    STALE_IN_PROGRESS(Pass.STALE_IN_PROGRESS) {
        @Override
        List<Signal> look(BeatFacts facts, HeartbeatPolicy policy) {
            return ProgressSignals.stale(facts);
        }
    };

    private final Optional<Pass> optional;

    TaskPass(@Nullable Pass optional) {
        this.optional = Optional.ofNullable(optional);
    }

    /** Those that are to be run; what can't be switched off is always among them. */
    public static List<TaskPass> on(Set<Pass> off) {
        return Arrays.stream(values()).filter(pass -> pass.optional.filter(off::contains).isEmpty()).toList();
    }

    /** What it finds; nothing for a task in another person's queue. */
    public List<Signal> signals(BeatFacts facts, HeartbeatPolicy policy) {
        var found = look(facts, policy);
        return found.isEmpty() || !(Whose.of(facts, policy) instanceof Whose.Anothers) ? found : List.of();
    }

    abstract List<Signal> look(BeatFacts facts, HeartbeatPolicy policy);

    /** As it is shown, {@code metadata_drift}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
