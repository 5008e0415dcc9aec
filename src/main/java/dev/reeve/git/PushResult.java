package dev.reeve.git;

import dev.reeve.model.Sha;

import java.util.List;

/** What became of a push. */
public sealed interface PushResult {

    /** The commits are on the branch, in this order; the last is its tip. */
    record Pushed(List<Sha> commits) implements PushResult {

        public Pushed {
            commits = List.copyOf(commits);
        }

        /** Where the branch stands now. */
        public Sha tip() {
            return commits.getLast();
        }
    }

    /** The branch is no longer where the decision was made: fetch, and decide anew. */
    record Rejected(String reason) implements PushResult {}

    /** The remote does not let these credentials push there (a protected branch, a hook, a missing permission); a person has to change that. */
    record Denied(String reason) implements PushResult {}
}
