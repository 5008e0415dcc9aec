package dev.reeve.model;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** What a worker said of its run in its result file. It is the worker's word and nothing more. */
public sealed interface WorkerResult {

    /** It left no result file. */
    record None() implements WorkerResult {}

    /**
     * It said this.
     *
     * @param outcome null when it said only when to try again
     * @param summary what it did, for people; null when it didn't say
     * @param prUrl where its pull request is, by its own word; null when it didn't say
     * @param retryAt when the usage limit ends that it ran into; null when it ran into none
     */
    record Stated(@Nullable WorkerOutcome outcome, @Nullable String summary, @Nullable String prUrl,
            @Nullable Instant retryAt) implements WorkerResult {}

    /** It left one that can't be understood. */
    record Faulty(String reason) implements WorkerResult {}
}
