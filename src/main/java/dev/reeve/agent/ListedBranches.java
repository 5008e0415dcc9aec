package dev.reeve.agent;

import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskSummary;
import dev.reeve.reconcile.PullRequests.Signs;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What GitHub's list says of the pull requests of tasks that nothing else is known of: mostly that there is none. */
final class ListedBranches {

    private final Map<Slug, PullRequestLookup> lookups = new HashMap<>();
    private final Set<Slug> found = new LinkedHashSet<>();

    ListedBranches(PullRequestAnswers answers, Overview overview) {
        overview.open().forEach(task -> add(task, answers));
    }

    private void add(TaskSummary task, PullRequestAnswers answers) {
        var lookup = task.prNumber() == null ? answers.byBranch(task.branch(), Signs.NONE)
                : answers.byNumber(task.prNumber());
        switch (lookup) {
            case PullRequestLookup.None _ -> {
            }
            case PullRequestLookup.Unknown _ -> lookups.put(task.slug(), lookup);
            case PullRequestLookup.Found _ -> {
                lookups.put(task.slug(), lookup);
                found.add(task.slug());
            }
        }
    }

    /** The tasks that there is one of. */
    Set<Slug> found() {
        return found;
    }

    PullRequestLookup of(Slug slug) {
        return lookups.getOrDefault(slug, NONE);
    }

    private static final PullRequestLookup NONE = new PullRequestLookup.None();
}
