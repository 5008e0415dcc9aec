package dev.reeve.decide;

import dev.reeve.model.AtMerge;
import dev.reeve.model.Completion;
import dev.reeve.model.DeskFacts;
import dev.reeve.model.PullRequest;
import dev.reeve.model.Signal;
import dev.reeve.model.Slug;
import dev.reeve.model.Worktree;

/** One thing that a reconcile pass would change, and why. Each is idempotent. */
public sealed interface Action {

    /** The task that it concerns. */
    Slug slug();

    /** Why, in words for people. */
    String reason();

    /** The word that begins its line in a report. */
    String verb();

    /**
     * Write the completion into the task file: its pull request is merged.
     *
     * @param atMerge what the file said in the merge, for who looks once more before it is written
     */
    record Complete(Slug slug, Completion completion, PullRequest pullRequest, String reason, AtMerge atMerge)
            implements
                Action {
        @Override
        public String verb() {
            return "completed";
        }
    }

    /** Put a task that was left in progress back into the queue. */
    record Demote(Slug slug, String reason) implements Action {
        @Override
        public String verb() {
            return "demoted";
        }
    }

    /** Take an entry out of a register. */
    record Prune(Slug slug, DeskFacts.Claim.Held claim, String reason) implements Action {

        /** What an operator should know when it could not be taken out. */
        public Signal kept(String why) {
            return PruneStep.orphan(slug, reason + ", but it could not be taken out: " + why);
        }

        @Override
        public String verb() {
            return "pruned";
        }
    }

    /** Move the dispatch files of a task to the archive. */
    record Archive(Slug slug, String reason) implements Action {
        @Override
        public String verb() {
            return "archived";
        }
    }

    /** Remove the worktree of a completed task, never by force. */
    record RemoveWorktree(Slug slug, Worktree worktree, String reason) implements Action {

        /** What an operator should know when git keeps it. */
        public Signal kept(String why) {
            return ClearStep.orphan(slug, worktree, why);
        }

        @Override
        public String verb() {
            return "removed";
        }
    }
}
