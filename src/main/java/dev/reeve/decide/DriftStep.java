package dev.reeve.decide;

import dev.reeve.model.DeskFacts;
import dev.reeve.model.DeskFacts.WorktreePlace;
import dev.reeve.model.PullRequest;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.Severity;
import dev.reeve.model.Signal;
import dev.reeve.model.SignalKind;
import dev.reeve.model.Task;
import dev.reeve.model.TaskCopy;
import dev.reeve.model.TaskFacts;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Step 5: a worktree's copy of the task that says something else than the root's, and says it later. */
final class DriftStep {

    private DriftStep() {}

    static void decide(TaskFacts facts, TaskPlan.Draft draft) {
        if (facts.desk() instanceof DeskFacts.AtDesk desk
                && desk.place() instanceof WorktreePlace.There(var _, TaskCopy.Valid inWorktree)
                && desk.root() instanceof TaskCopy.Valid root && isNewer(inWorktree, root)
                && !ReconcileDecision.isOrBecomesCompleted(facts, draft)) {
            var keys = differingKeys(root.task(), inWorktree.task());
            if (!keys.isEmpty()) {
                draft.signal(drift(facts, desk, keys));
            }
        }
    }

    private static boolean isNewer(TaskCopy.Valid copy, TaskCopy.Valid than) {
        return copy.modified() != null && than.modified() != null && copy.modified().isAfter(than.modified());
    }

    /** The keys whose values differ between two copies, in order, joined for people. */
    static String differingKeys(Task one, Task other) {
        var a = one.frontmatter();
        var b = other.frontmatter();
        return String.join(", ", Stream.concat(a.keySet().stream(), b.keySet().stream())
                .distinct()
                .filter(key -> !Objects.equals(a.get(key), b.get(key)))
                .toList());
    }

    private static Signal drift(TaskFacts facts, DeskFacts.AtDesk desk, String keys) {
        var accounted = accountedFor(facts, desk);
        return new Signal(SignalKind.METADATA_DRIFT, accounted.isPresent() ? Severity.INFO : Severity.ATTENTION,
                facts.slug(), "its worktree's copy is newer and differs in " + keys
                        + accounted.map(why -> " (" + why + ")").orElse(""),
                null);
    }

    private static Optional<String> accountedFor(TaskFacts facts, DeskFacts.AtDesk desk) {
        if (desk.mayHaveLiveWorker()) {
            return Optional.of("a worker is at it");
        }
        return facts.pullRequest() instanceof PullRequestLookup.Found(PullRequest pr) && pr.state().isOpen()
                ? Optional.of("PR #" + pr.number() + " is open")
                : Optional.empty();
    }
}
