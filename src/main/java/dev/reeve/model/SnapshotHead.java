package dev.reeve.model;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a heartbeat says of a queue as a whole; its tasks follow in the snapshot file.
 *
 * @param host the machine that it ran on
 * @param cycle counts an owner's heartbeats in this checkout
 * @param took how long collecting and judging took
 * @param interval how often it beats, so that a reader knows when it is late
 * @param counts tasks in each bucket
 * @param liveWorkers workers that live, or may live
 * @param inReview open pull requests of this queue
 * @param limits how many of both there may be
 * @param pausedUntil when the usage limit ends that keeps all work from being dispatched; null when there is none
 * @param askedAt when GitHub last answered; null when it never did
 * @param lookupFailure why GitHub could not be asked this time; null when it could, or asking is switched off
 * @param signals those that are about no single task
 * @param incidents a row for each task that has a signal: the gravest first, then as the queue is ordered
 */
public record SnapshotHead(OwnerKey owner, String host, long cycle, Instant generatedAt, Duration took,
        Duration interval, Map<Bucket, Integer> counts, int liveWorkers, int inReview, Limits limits,
        @Nullable Instant pausedUntil,
        @Nullable Instant askedAt, @Nullable String lookupFailure, List<Signal> signals, List<Incident> incidents) {

    /**
     * What keeps workers from being started.
     *
     * @param workers at once
     * @param inReview open pull requests of this queue
     */
    public record Limits(int workers, int inReview) {}
}
