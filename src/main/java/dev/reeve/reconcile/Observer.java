package dev.reeve.reconcile;

import dev.reeve.model.BranchName;
import dev.reeve.model.DeskFacts;
import dev.reeve.model.MergeVisibility;
import dev.reeve.model.PullRequest;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.RegisterEntry;
import dev.reeve.model.Sha;
import dev.reeve.model.Slug;
import dev.reeve.model.Task;
import dev.reeve.model.TaskCopy;
import dev.reeve.model.TaskFacts;
import dev.reeve.model.TaskPath;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The first third of a pass: reads everything that a decision about a task may know. It changes nothing. */
final class Observer {

    private final Tip tip;
    private final Optional<Desk> desk;
    private final PullRequests pullRequests;

    Observer(Tip tip, Optional<Desk> desk, PullRequests pullRequests) {
        this.tip = tip;
        this.desk = desk;
        this.pullRequests = pullRequests;
    }

    /** The default branch's copies of these tasks, all read at once. */
    Map<Slug, TaskCopy> published(Collection<Slug> slugs) {
        var paths = new LinkedHashMap<Slug, TaskPath>();
        slugs.forEach(slug -> tip.find(slug).ifPresent(path -> paths.put(slug, path)));
        var contents = tip.read(paths.values());
        var copies = new LinkedHashMap<Slug, TaskCopy>();
        for (var slug : slugs) {
            var path = paths.get(slug);
            var content = path == null ? null : contents.get(path);
            copies.put(slug, path == null || content == null ? new TaskCopy.Absent() : Copies.of(path, content, null));
        }
        return copies;
    }

    /**
     * The facts about one task.
     *
     * @param hints numbers of pull requests that are known to be about it
     */
    TaskFacts observe(Slug slug, TaskCopy published, Set<Integer> hints) {
        var glance = desk.map(d -> d.glance(slug));
        var pullRequest = pullRequest(slug, published, glance, hints);
        var atDesk = glance.<DeskFacts>map(seen -> desk.orElseThrow().facts(seen, landedHead(pullRequest)))
                .orElse(new DeskFacts.NoDesk());
        return new TaskFacts(slug, published, atDesk, pullRequest, visibility(pullRequest));
    }

    /** The head of a merged pull request: what a worktree has committed up to there is saved, even when it was squashed. */
    private static Set<Sha> landedHead(PullRequestLookup lookup) {
        return lookup instanceof PullRequestLookup.Found(var pr) && pr.state() == PullRequest.State.MERGED
                ? Set.of(pr.headSha())
                : Set.of();
    }

    private MergeVisibility visibility(PullRequestLookup lookup) {
        if (lookup instanceof PullRequestLookup.Found(var pr) && landedHere(pr) && pr.mergeCommit() != null) {
            return tip.contains(pr.mergeCommit()) ? MergeVisibility.REACHABLE : MergeVisibility.NOT_YET;
        }
        return MergeVisibility.NONE;
    }

    private boolean landedHere(PullRequest pr) {
        return pr.state() == PullRequest.State.MERGED && pr.base().equals(tip.branch().value());
    }

    private PullRequestLookup pullRequest(Slug slug, TaskCopy published, Optional<Desk.Glance> glance,
            Set<Integer> hints) {
        var entry = glance.flatMap(Desk.Glance::entry).orElse(null);
        var root = glance.map(Desk.Glance::root).orElse(published);
        var task = root.asTask().or(published::asTask);
        var lookups = new ArrayList<PullRequestLookup>();
        numbers(hints, entry, task).forEach(number -> lookups.add(pullRequests.byNumber(number)));
        boolean landed = lookups.stream().anyMatch(l -> l instanceof PullRequestLookup.Found(var pr) && landedHere(pr));
        if (!landed && !published.isCompleted() && !root.isCompleted()) {
            branch(slug, entry, task).ifPresent(branch -> lookups.add(pullRequests.byBranch(branch)));
        }
        return best(lookups);
    }

    private static Set<Integer> numbers(Set<Integer> hints, @Nullable RegisterEntry entry, Optional<Task> task) {
        var numbers = new LinkedHashSet<>(hints);
        if (entry != null && entry.prNumber() != null) {
            numbers.add(entry.prNumber());
        }
        // A completed task has had its pull request; asking for it again would tell nothing new.
        task.filter(t -> !t.status().isFinal()).map(Task::prNumber).ifPresent(numbers::add);
        return numbers;
    }

    /** Where its work would be; nothing for a task that is over or isn't there. */
    private static Optional<BranchName> branch(Slug slug, @Nullable RegisterEntry entry, Optional<Task> task) {
        var registered = entry == null ? Optional.<BranchName>empty()
                : Optional.ofNullable(entry.branch())
                        .flatMap(BranchName::parse)
                        .or(() -> Optional.of(BranchName.ofTask(slug)));
        return task.filter(t -> !t.status().isFinal()).map(Task::branch).or(() -> registered);
    }

    /** The one that says most: merged here, else open, else unknown, else whatever there is. */
    private PullRequestLookup best(List<PullRequestLookup> lookups) {
        return lookups.stream().max(Comparator.comparingInt(this::weight)).orElse(new PullRequestLookup.None());
    }

    private int weight(PullRequestLookup lookup) {
        return switch (lookup) {
            case PullRequestLookup.Found(var pr) when landedHere(pr) -> 4;
            case PullRequestLookup.Found(var pr) when pr.state().isOpen() -> 3;
            case PullRequestLookup.Unknown _ -> 2;
            case PullRequestLookup.Found _ -> 1;
            case PullRequestLookup.None _ -> 0;
        };
    }
}
