package dev.reeve.model;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Comparator;

/**
 * A pull request as GitHub's API states it. Everything in it was written by somebody else.
 *
 * @param body its description, empty when it has none
 * @param author the login of who opened it
 * @param headBranch as GitHub sends it; a fork's branch may have any name
 * @param fromFork whether its head is in another repository
 * @param base the branch it is to be merged into
 * @param mergedAt when it was merged; null when it isn't
 * @param mergeCommit the commit that merged it; null unless it is merged, because before that GitHub sends a test commit
 * @param url its page
 */
public record PullRequest(int number, String title, String body, String author, State state, String headBranch,
        Sha headSha, boolean fromFork, String base, @Nullable Instant mergedAt, @Nullable Sha mergeCommit, String url) {

    /** Of several on one branch, the one that counts is the first: the open one, else the one merged last, else the newest. */
    public static final Comparator<PullRequest> WHICH_COUNTS = Comparator
            .comparingInt((PullRequest pr) -> rank(pr.state()))
            .thenComparing(PullRequest::mergedAt, Comparator.nullsLast(Comparator.reverseOrder()))
            .thenComparing(Comparator.comparingInt(PullRequest::number).reversed());

    /** The same without its description, which may be long. */
    public PullRequest withoutBody() {
        return new PullRequest(number, title, "", author, state, headBranch, headSha, fromFork, base, mergedAt,
                mergeCommit, url);
    }

    private static int rank(State state) {
        return switch (state) {
            case OPEN, DRAFT -> 0;
            case MERGED -> 1;
            case CLOSED -> 2;
        };
    }

    /** Where a pull request stands. */
    public enum State {
        OPEN, DRAFT, MERGED, CLOSED;

        /** True while it may still be merged. */
        public boolean isOpen() {
            return this == OPEN || this == DRAFT;
        }
    }
}
