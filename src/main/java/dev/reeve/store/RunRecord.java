package dev.reeve.store;

import dev.reeve.model.BranchName;
import dev.reeve.model.RunId;
import dev.reeve.model.Sha;
import dev.reeve.model.Slug;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * What status and tombstone state of one run.
 *
 * @param runner the process that looks after it
 * @param worker null before it began
 * @param ending empty while it is under way
 * @param logBytes how much output was kept
 */
public record RunRecord(Slug slug, RunId id, State state, int attempt, Site site, ProcessIdentity runner,
        @Nullable ProcessIdentity worker, Instant startedAt, Instant updatedAt, Optional<Ending> ending,
        long logBytes) {

    /** Where it works. */
    public record Site(Path worktree, BranchName branch) {}

    /** Where a run stands. */
    public enum State {
        STARTING, RUNNING, EXITED, FAILED, INTERRUPTED, WORKER_GONE
    }

    /**
     * How it ended.
     *
     * @param exitCode null when no worker ended by itself
     * @param signal what killed it, likewise
     * @param outcome null when nothing was to be seen of one
     * @param claimed what the worker said and wasn't believed
     * @param head what was checked out in its worktree
     */
    public record Ending(Instant at, @Nullable Integer exitCode, @Nullable Integer signal, @Nullable String outcome,
            @Nullable String claimed, @Nullable String summary, @Nullable String reason, @Nullable String prUrl,
            @Nullable Instant retryAt, @Nullable Sha head) {}

    /** Whether it is under way by its own word. */
    public boolean isUnderWay() {
        return state == State.STARTING || state == State.RUNNING;
    }

    /** The same once its worker began. */
    public RunRecord running(ProcessIdentity process, Instant at) {
        return new RunRecord(slug, id, State.RUNNING, attempt, site, runner, process, startedAt, at, ending, logBytes);
    }

    /** The same as of now. */
    public RunRecord seen(Instant at, long bytes) {
        return new RunRecord(slug, id, state, attempt, site, runner, worker, startedAt, at, ending, bytes);
    }

    /** The same, over. */
    public RunRecord ended(State last, Ending how, long bytes) {
        return new RunRecord(slug, id, last, attempt, site, runner, worker, startedAt, how.at(), Optional.of(how),
                bytes);
    }
}
