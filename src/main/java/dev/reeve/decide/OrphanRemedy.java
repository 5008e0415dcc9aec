package dev.reeve.decide;

import dev.reeve.model.BeatFacts;
import dev.reeve.model.CatalogEntry;
import dev.reeve.model.DeskFacts.AtDesk;
import dev.reeve.model.DeskFacts.WorktreePlace;
import dev.reeve.model.PullRequest;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.Slug;
import dev.reeve.model.Worktree;

/** What takes out a register entry that outlives its work. It depends on what keeps the entry, as {@link PruneStep} decides. */
final class OrphanRemedy {

    private OrphanRemedy() {}

    static String of(BeatFacts facts) {
        return facts.desk().map(desk -> of(facts, desk)).orElseGet(() -> "run " + prune(facts.slug()));
    }

    private static String of(BeatFacts facts, AtDesk desk) {
        if (desk.mayHaveLiveWorker()) {
            return "wait until its worker has ended, or end it, then run " + prune(facts.slug());
        }
        return switch (desk.place()) {
            case WorktreePlace.Gone() -> isOver(facts) ? "run " + prune(facts.slug())
                    : "go on with it in a new worktree, or take it out: " + force(facts.slug());
            case WorktreePlace.Unreadable _ ->
                "mend what keeps git from reading its worktree, or take it out: " + force(facts.slug());
            case WorktreePlace.There(var worktree, var _) -> clear(facts.slug(), worktree);
        };
    }

    /** A task that has no file is over, like one that is completed or merged. */
    private static boolean isOver(BeatFacts facts) {
        return facts.task() instanceof CatalogEntry.Missing
                || (facts.pullRequest() instanceof PullRequestLookup.Found(var pr)
                        && pr.state() == PullRequest.State.MERGED)
                || facts.detail().filter(detail -> detail.isCompleted()).isPresent();
    }

    /** A reconcile takes out the entry with the worktree, when that has served its time. */
    private static String clear(Slug slug, Worktree worktree) {
        return PruneStep.unsaved(worktree).isPresent()
                ? "commit and push what its worktree has, then run `reeve reconcile " + slug + "`"
                : "run `reeve reconcile " + slug
                        + "`, which removes the worktree when worktree_retention is over, or take it out: "
                        + force(slug);
    }

    private static String prune(Slug slug) {
        return "`reeve register prune " + slug + "`";
    }

    private static String force(Slug slug) {
        return "`reeve register prune --force " + slug + "`";
    }
}
