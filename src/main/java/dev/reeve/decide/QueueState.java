package dev.reeve.decide;

import dev.reeve.model.Slug;

import java.time.Instant;
import java.util.Optional;

/**
 * What holds for a whole queue at once.
 *
 * @param liveWorkers workers that live, or may live
 * @param inReview open pull requests of its tasks
 */
public record QueueState(int liveWorkers, int inReview, Optional<Pause> pause) {

    /**
     * A usage limit that a worker ran into: nothing is dispatched before it ends.
     *
     * @param reporter the task whose worker reported it
     */
    public record Pause(Slug reporter, Instant until) {}
}
