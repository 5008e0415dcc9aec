package dev.reeve.decide;

import dev.reeve.model.Completion;
import dev.reeve.model.DeskFacts;
import dev.reeve.model.MergeVisibility;
import dev.reeve.model.OwnerKey;
import dev.reeve.model.Publish;
import dev.reeve.model.PullRequest;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.Signal;
import dev.reeve.model.SignalKind;
import dev.reeve.model.Task;
import dev.reeve.model.TaskCopy;
import dev.reeve.model.TaskFacts;

import java.util.Objects;
import java.util.stream.Stream;

import static java.time.ZoneOffset.UTC;
import static java.util.Objects.requireNonNull;

/** Step 1: a task whose pull request is merged into the default branch is completed. */
public final class CompletionStep {

    private static final String BOT = "[bot]";
    private static final OwnerKey NOBODY = new OwnerKey("ghost");

    private CompletionStep() {}

    static void decide(TaskFacts facts, ReconcilePolicy policy, TaskPlan.Draft draft) {
        if (facts.pullRequest() instanceof PullRequestLookup.Found(var pr) && pr.state() == PullRequest.State.CLOSED) {
            closedUnmerged(facts, pr, draft);
        }
        if (facts.published().isCompleted()) {
            waitForPull(facts, policy, draft);
        } else {
            ReconcileDecision.landed(facts, policy).ifPresent(pr -> landed(facts, pr, policy, draft));
        }
    }

    private static void waitForPull(TaskFacts facts, ReconcilePolicy policy, TaskPlan.Draft draft) {
        if (facts.root().asTask().filter(task -> !task.status().isFinal()).isPresent()) {
            draft.skip("its completion is on " + policy.defaultBranch() + " already: the next pull brings it");
        }
    }

    private static void closedUnmerged(TaskFacts facts, PullRequest pr, TaskPlan.Draft draft) {
        if (facts.root().asTask().filter(task -> !task.status().isFinal()).isPresent()) {
            draft.signal(Signal.of(SignalKind.PR_CLOSED_UNMERGED, facts.slug(), "PR #" + pr.number()
                    + " was closed without being merged: reopen it, open another, or cancel the task"));
        }
    }

    private static void landed(TaskFacts facts, PullRequest pr, ReconcilePolicy policy, TaskPlan.Draft draft) {
        var target = policy.publish() == Publish.WORKTREE ? facts.root() : facts.published();
        var task = target.asTask();
        if (task.isEmpty()) {
            noTarget(facts, pr, target, draft);
        } else {
            landed(facts, pr, task.get(), policy, draft);
        }
    }

    private static void landed(TaskFacts facts, PullRequest pr, Task task, ReconcilePolicy policy,
            TaskPlan.Draft draft) {
        switch (Reopening.of(facts, pr.number())) {
            case REOPENED -> draft.signal(reopened(facts, pr));
            case UNKNOWN -> draft.defer("PR #" + pr.number() + " is merged, but what its merge commit says of the task "
                    + "is not known yet, so neither is whether somebody reopened it");
            case NOT_REOPENED -> {
                if (!task.status().isFinal()) {
                    complete(facts, pr, policy, draft);
                }
            }
        }
    }

    private static void noTarget(TaskFacts facts, PullRequest pr, TaskCopy target, TaskPlan.Draft draft) {
        if (target instanceof TaskCopy.Absent && facts.root().asTask().isPresent()) {
            draft.skip("PR #" + pr.number() + " is merged, but the task file isn't on the default branch: push it");
        } else if (target instanceof TaskCopy.Faulty(var faults)) {
            draft.skip("PR #" + pr.number() + " is merged, but the task file is invalid: " + faults.getFirst());
        }
    }

    private static Signal reopened(TaskFacts facts, PullRequest pr) {
        boolean carries = Stream.of(facts.root(), facts.published())
                .flatMap(copy -> copy.asTask().stream())
                .anyMatch(task -> Objects.equals(task.prNumber(), pr.number()));
        return Signal.of(SignalKind.REOPENED, facts.slug(), (carries
                ? "it carries PR #" + pr.number() + ", which is merged, and isn't completed"
                : "PR #" + pr.number() + " is merged; the task was completed or cancelled then or later, and isn't now")
                + ": somebody reopened it, so it is left alone");
    }

    private static void complete(TaskFacts facts, PullRequest pr, ReconcilePolicy policy, TaskPlan.Draft draft) {
        if (facts.merge() != MergeVisibility.REACHABLE) {
            draft.defer("PR #" + pr.number() + " is merged, but its merge commit is not in the fetched "
                    + policy.defaultBranch());
        } else if (policy.publish() == Publish.NONE) {
            draft.skip("PR #" + pr.number() + " is merged; task files are completed elsewhere (publish: none)");
        } else if (policy.publish() == Publish.WORKTREE && hasLocalChanges(facts)) {
            draft.skip("PR #" + pr.number() + " is merged, but the task file has local changes: commit or drop them");
        } else {
            draft.act(new Action.Complete(facts.slug(), completionBy(pr, policy), pr, landedReason(pr, policy),
                    facts.atMerge()));
        }
    }

    static boolean hasLocalChanges(TaskFacts facts) {
        return facts.desk() instanceof DeskFacts.AtDesk desk && switch (desk.rootState()) {
            case MODIFIED, UNTRACKED, NOT_ASKED -> true;
            case UNCHANGED, MISSING -> false;
        };
    }

    private static Completion completionBy(PullRequest pr, ReconcilePolicy policy) {
        var mergedAt = requireNonNull(pr.mergedAt(), "a merged pull request has a time of merge");
        var mergeCommit = requireNonNull(pr.mergeCommit(), "a merged pull request has a merge commit");
        return new Completion(author(pr, policy), mergedAt.atZone(UTC).toLocalDate(), pr.number(), pr.url(), mergedAt,
                mergeCommit);
    }

    private static String landedReason(PullRequest pr, ReconcilePolicy policy) {
        var mergedAt = requireNonNull(pr.mergedAt(), "a merged pull request has a time of merge");
        return "PR #" + pr.number() + " merged " + mergedAt.atZone(UTC).toLocalDate() + " by " + author(pr, policy);
    }

    /** The owner key of whoever opened it. An App's login ends in {@code [bot]}, which no owner's name does; a deleted account has none. */
    private static OwnerKey author(PullRequest pr, ReconcilePolicy policy) {
        var login = pr.author();
        var name = login.endsWith(BOT) ? login.substring(0, login.length() - BOT.length()) : login;
        return policy.owners().ofGitHubLogin(login).or(() -> policy.owners().ofGitHubLogin(name)).orElse(NOBODY);
    }

    /** What a copy of the task file says about an intended completion, asked again just before it is written. */
    public static boolean isStillWanted(Task current, Action.Complete action) {
        return !current.status().isFinal()
                && Reopening.of(current, action.completion().prNumber(), action.atMerge()) == Reopening.NOT_REOPENED;
    }
}
