package dev.reeve.model;

import org.jspecify.annotations.Nullable;

/**
 * Why a piece of work is due. It says where to look and nothing about what will be found there.
 *
 * @param cause for people: {@code pull_request closed}, {@code sweep}, {@code operator}
 * @param guid the delivery's {@code X-GitHub-Delivery}, when a webhook caused it
 * @param pullRequest a pull request to look at as well
 * @param range what a push announced
 */
public record Trigger(String cause, @Nullable String guid, @Nullable Integer pullRequest, @Nullable PushRange range) {

    /** The commits that a push announced: those reachable from {@code after} but not from {@code before}. */
    public record PushRange(Sha before, Sha after) {}

    /** A trigger that only gives its cause. */
    public static Trigger of(String cause) {
        return new Trigger(cause, null, null, null);
    }
}
