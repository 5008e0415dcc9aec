package dev.reeve.model;

import org.jspecify.annotations.Nullable;

/**
 * Why a piece of work is due. It says where to look and nothing about what will be found there.
 *
 * @param cause for people: {@code pull_request closed}, {@code sweep}, {@code operator}
 * @param guid the delivery's {@code X-GitHub-Delivery}, when a webhook caused it
 * @param pullRequest a pull request to look at as well
 * @param range what a push announced
 * @param seen where the default branch stood when the work was found to be due: whoever does it, in whichever replica, goes by nothing older. Null when
 *        that isn't known, as of a webhook
 */
public record Trigger(String cause, @Nullable String guid, @Nullable Integer pullRequest, @Nullable PushRange range,
        @Nullable Sha seen) {

    /** The commits that a push announced: those reachable from {@code after} but not from {@code before}. */
    public record PushRange(Sha before, Sha after) {}

    /** A trigger that says nothing of the default branch. */
    public Trigger(String cause, @Nullable String guid, @Nullable Integer pullRequest, @Nullable PushRange range) {
        this(cause, guid, pullRequest, range, null);
    }

    /** A trigger that only gives its cause. */
    public static Trigger of(String cause) {
        return new Trigger(cause, null, null, null);
    }

    /** The same, given by somebody who saw the default branch at this commit. */
    public Trigger having(Sha commit) {
        return new Trigger(cause, guid, pullRequest, range, commit);
    }
}
