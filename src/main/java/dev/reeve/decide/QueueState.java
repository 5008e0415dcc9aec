package dev.reeve.decide;

import dev.reeve.model.Slug;

import java.time.Instant;
import java.util.Optional;

/**
 * What holds for a whole queue at once.
 *
 * @param liveWorkers workers that live, or may live
 * @param inReview open pull requests of its tasks
 * @param unseen why it isn't known at which tasks somebody is; then none is dispatched
 */
public record QueueState(int liveWorkers, int inReview, Optional<Pause> pause, Optional<String> unseen) {

    /** Of a queue that could not be counted. */
    public static final QueueState NOTHING_KNOWN = new QueueState(0, 0, Optional.empty());

    /** Where that is known. */
    public QueueState(int liveWorkers, int inReview, Optional<Pause> pause) {
        this(liveWorkers, inReview, pause, Optional.empty());
    }

    /** The same where registers, dispatch files or worktrees could not be looked at. */
    public QueueState unseen(Optional<String> why) {
        return new QueueState(liveWorkers, inReview, pause, why);
    }

    /**
     * A usage limit that a worker ran into: nothing is dispatched before it ends.
     *
     * @param reporter the task whose worker reported it
     */
    public record Pause(Slug reporter, Instant until) {}
}
