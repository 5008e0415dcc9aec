package dev.reeve.reconcile;

import dev.reeve.decide.ReconcilePolicy.Repairs;
import dev.reeve.decide.Reopening;
import dev.reeve.decide.TaskLines;
import dev.reeve.model.AtMerge;
import dev.reeve.model.BranchName;
import dev.reeve.model.DeskFacts;
import dev.reeve.model.LocalState;
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
import dev.reeve.model.TaskStatus;
import dev.reeve.reconcile.PullRequests.Signs;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The first third of a pass: reads everything that a decision about a task may know. It changes nothing. */
final class Observer {

    private final Tip tip;
    private final Optional<Desk> desk;
    private final PullRequests pullRequests;
    private final Repairs repairs;
    private final Map<InMerge, AtMerge> stated = new HashMap<>();

    private record InMerge(Sha commit, Slug slug) {}

    /** @param repairs what may be repaired by what is seen: what only another repair asks for is left out */
    Observer(Tip tip, Optional<Desk> desk, PullRequests pullRequests, Repairs repairs) {
        this.tip = tip;
        this.desk = desk;
        this.pullRequests = pullRequests;
        this.repairs = repairs;
    }

    /** The facts about these tasks, read together where that is cheaper. */
    final class Look {
        private final Map<Slug, TaskPath> published;
        private final Map<TaskPath, byte[]> contents;
        private final Map<Slug, Desk.Glance> glances = new LinkedHashMap<>();
        private @Nullable Map<TaskPath, LocalState> states;

        private Look(Collection<Slug> slugs, Map<Slug, RuntimeException> failed) {
            this.published = tip.find(slugs);
            this.contents = tip.read(published.values());
            for (var slug : slugs) {
                try {
                    desk.ifPresent(d -> glances.put(slug, d.glance(slug)));
                } catch (RuntimeException e) {
                    failed.put(slug, e);
                }
            }
        }

        private TaskCopy published(Slug slug) {
            var path = published.get(slug);
            var content = path == null ? null : contents.get(path);
            return path == null || content == null ? new TaskCopy.Absent() : Copies.of(path, content, null);
        }

        /**
         * The facts about one of them.
         *
         * @param hints numbers of pull requests that are known to be about it
         */
        TaskFacts at(Slug slug, Set<Integer> hints) {
            var published = published(slug);
            var glance = Optional.ofNullable(glances.get(slug));
            var pullRequest = pullRequest(slug, published, glance, hints);
            var atDesk = glance.<DeskFacts>map(seen -> atDesk(seen, published, pullRequest))
                    .orElse(new DeskFacts.NoDesk());
            var copies = glance.map(seen -> Stream.of(seen.root(), published)).orElse(Stream.of(published));
            return new TaskFacts(slug, published, atDesk, pullRequest, visibility(pullRequest),
                    atMerge(copies.flatMap(copy -> copy.asTask().stream()), pullRequest));
        }

        private DeskFacts atDesk(Desk.Glance seen, TaskCopy published, PullRequestLookup pullRequest) {
            boolean over = seen.root().isCompleted() || published.isCompleted();
            var sizes = over && repairs == Repairs.EVERYTHING ? Desk.Sizes.MEASURED : Desk.Sizes.LEFT_OUT;
            return desk.orElseThrow()
                    .facts(seen, localState(seen, pullRequest), landedHead(pullRequest), sizes,
                            tip);
        }

        /** Git reads its whole index for it, so it is asked only when a task file may be written, and then for all files at once. */
        private LocalState localState(Desk.Glance seen, PullRequestLookup pullRequest) {
            if (seen.path().isEmpty()) {
                return LocalState.MISSING;
            }
            var status = seen.root().asTask().map(Task::status);
            boolean mayLand = pullRequest instanceof PullRequestLookup.Found(var pr) && landedHere(pr)
                    && status.filter(TaskStatus::isFinal).isEmpty();
            boolean mayBeWritten = mayLand || status.equals(Optional.of(TaskStatus.IN_PROGRESS));
            if (!mayBeWritten || repairs != Repairs.EVERYTHING) {
                return LocalState.NOT_ASKED;
            }
            var asked = states == null ? desk.orElseThrow().localStates(paths()) : states;
            states = asked;
            return asked.getOrDefault(seen.path().get(), LocalState.MISSING);
        }

        private List<TaskPath> paths() {
            return glances.values().stream().flatMap(seen -> seen.path().stream()).toList();
        }
    }

    /**
     * Looks at these tasks.
     *
     * @param failed gets what could not be looked at, and why
     */
    Look look(Collection<Slug> slugs, Map<Slug, RuntimeException> failed) {
        return new Look(slugs, failed);
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
        boolean placed = glance.flatMap(Desk.Glance::worktree).isPresent();
        var registered = entry == null ? null : entry.prNumber();
        for (var number : numbers(hints, registered, task, placed ? Completed.ASKED : Completed.LEFT)) {
            var lookup = pullRequests.byNumber(number);
            boolean seems = hints.contains(number) || mayBeAbout(lookup, slug, task);
            if (number.equals(registered) || (seems && mayComplete(lookup, slug, task))) {
                lookups.add(lookup);
            }
        }
        boolean landed = lookups.stream().anyMatch(lookup -> landsNow(lookup, task));
        if (!landed && !published.isCompleted() && !root.isCompleted()) {
            branch(slug, entry, task).map(branch -> pullRequests.byBranch(branch, signs(glance, entry, task)))
                    .filter(lookup -> entry != null
                            || (!namesOnlyOthers(lookup, slug) && mayComplete(lookup, slug, task)))
                    .ifPresent(lookups::add);
        }
        return best(lookups, task);
    }

    /** One that is merged here counts if the merge was to complete the task, whatever it says of itself by now. */
    private boolean mayComplete(PullRequestLookup lookup, Slug slug, Optional<Task> task) {
        return !(lookup instanceof PullRequestLookup.Found(var pr)) || !landedHere(pr)
                || task.filter(t -> !t.status().isFinal()).isEmpty() || pullRequests.mayComplete(pr, slug);
    }

    /** The number that a task's file carries may be anybody's word: that of a pull request from a fork doesn't count, nor of one that names others. */
    private static boolean mayBeAbout(PullRequestLookup lookup, Slug slug, Optional<Task> task) {
        return !(lookup instanceof PullRequestLookup.Found(var pr))
                || task.filter(t -> Reopening.hasNumberOnly(t, pr.number())).isEmpty()
                || TaskLines.in(pr.body()).contains(slug) || !(pr.fromFork() || namesOnlyOthers(lookup, slug));
    }

    /** A description that names tasks goes before branch and number. */
    private static boolean namesOnlyOthers(PullRequestLookup lookup, Slug slug) {
        return lookup instanceof PullRequestLookup.Found(var pr) && !TaskLines.in(pr.body()).isEmpty()
                && !TaskLines.in(pr.body()).contains(slug);
    }

    /** Merged here, and not the one that completed the task before somebody reopened it: that one decides nothing any more. */
    private boolean landsNow(PullRequestLookup lookup, Optional<Task> task) {
        return lookup instanceof PullRequestLookup.Found(var pr) && landedHere(pr)
                && task.filter(t -> Reopening.of(t, pr.number(), atMerge(Stream.of(t), lookup)) == Reopening.REOPENED)
                        .isEmpty();
    }

    /** What the task's file said in the merge, which tells whether somebody reopened it; it is read only while one of these copies of it is to be completed. */
    private AtMerge atMerge(Stream<Task> copies, PullRequestLookup lookup) {
        if (!(lookup instanceof PullRequestLookup.Found(var pr)) || !landedHere(pr)) {
            return new AtMerge.NotAsked();
        }
        return copies.filter(task -> !task.status().isFinal())
                .findFirst()
                .<AtMerge>map(task -> visibility(lookup) == MergeVisibility.REACHABLE && pr.mergeCommit() != null
                        ? stated(pr.mergeCommit(), task.slug())
                        : new AtMerge.Unknown())
                .orElseGet(AtMerge.NotAsked::new);
    }

    private AtMerge stated(Sha merge, Slug slug) {
        return stated.computeIfAbsent(new InMerge(merge, slug), _ -> new AtMerge.Stated(tip.at(merge, slug)));
    }

    private static Signs signs(Optional<Desk.Glance> glance, @Nullable RegisterEntry entry, Optional<Task> task) {
        boolean worked = entry != null || glance.flatMap(Desk.Glance::worktree).isPresent()
                || task.filter(t -> t.status() == TaskStatus.IN_PROGRESS || t.prNumber() != null).isPresent();
        return worked ? Signs.SOME : Signs.NONE;
    }

    /** Whether the pull request of a completed task is asked for: only its worktree is a reason, whose commits it may have saved by a squash. */
    private enum Completed {
        ASKED, LEFT
    }

    private static Set<Integer> numbers(Set<Integer> hints, @Nullable Integer registered, Optional<Task> task,
            Completed completed) {
        var numbers = new LinkedHashSet<>(hints);
        if (registered != null) {
            numbers.add(registered);
        }
        task.filter(t -> completed == Completed.ASKED || !t.status().isFinal())
                .map(Task::prNumber)
                .ifPresent(numbers::add);
        return numbers;
    }

    private static Optional<BranchName> branch(Slug slug, @Nullable RegisterEntry entry, Optional<Task> task) {
        var registered = entry == null ? Optional.<BranchName>empty()
                : Optional.ofNullable(entry.branch())
                        .flatMap(BranchName::parse)
                        .or(() -> Optional.of(BranchName.ofTask(slug)));
        return task.filter(t -> !t.status().isFinal()).map(Task::branch).or(() -> registered);
    }

    /** The one that says most: merged here (the last one merged), else open, else unknown, else whatever there is. */
    private PullRequestLookup best(List<PullRequestLookup> lookups, Optional<Task> task) {
        return lookups.stream()
                .max(Comparator.<PullRequestLookup>comparingInt(lookup -> weight(lookup, task))
                        .thenComparing(Observer::mergedAt))
                .orElse(new PullRequestLookup.None());
    }

    private static Instant mergedAt(PullRequestLookup lookup) {
        return lookup instanceof PullRequestLookup.Found(var pr) && pr.mergedAt() != null ? pr.mergedAt()
                : Instant.EPOCH;
    }

    private int weight(PullRequestLookup lookup, Optional<Task> task) {
        return switch (lookup) {
            case PullRequestLookup.Found _ when landsNow(lookup, task) -> 4;
            case PullRequestLookup.Found(var pr) when pr.state().isOpen() -> 3;
            case PullRequestLookup.Unknown _ -> 2;
            case PullRequestLookup.Found _ -> 1;
            case PullRequestLookup.None _ -> 0;
        };
    }
}
