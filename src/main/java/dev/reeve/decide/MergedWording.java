package dev.reeve.decide;

import dev.reeve.decide.CheckFacts.OfTask;
import dev.reeve.model.CheckReport;
import dev.reeve.model.CheckReport.Conclusion;
import dev.reeve.model.DeskFacts;
import dev.reeve.model.DeskFacts.AtDesk;
import dev.reeve.model.Signal;
import dev.reeve.model.SignalKind;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskCopy;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static dev.reeve.decide.Markdown.code;
import static dev.reeve.decide.Markdown.literal;

/** What the check run of a pull request says that was merged into the default branch. */
final class MergedWording {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss 'UTC on' d MMMM", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private MergedWording() {}

    static CheckReport of(CheckFacts facts) {
        if (facts.tasks().isEmpty() && facts.late().isEmpty() && facts.left() == 0) {
            return CheckWording.plain(Conclusion.NEUTRAL, "No task",
                    "This pull request was about no task; nothing was to be done.").promising(List.of());
        }
        var lines = Stream.concat(facts.tasks().stream().map(MergedWording::wasDone),
                facts.late().stream().map(MergedWording::late)).collect(Collectors.joining("\n"));
        var text = lines + more(facts)
                + CheckWording.beyond(facts.pullRequest()).map(beyond -> "\n\n" + beyond).orElse("");
        var report = all(facts)
                ? CheckWording.plain(Conclusion.SUCCESS, ended(facts.tasks()), text)
                        .with(List.of(CheckWording.RECONCILE))
                : CheckWording.plain(Conclusion.NEUTRAL, unfinished(facts), text)
                        .with(List.of(CheckWording.RECONCILE, CheckWording.RECONCILE_ALL));
        return report.promising(promise(facts));
    }

    private static boolean all(CheckFacts facts) {
        return facts.late().isEmpty() && facts.left() == 0 && left(facts).isEmpty();
    }

    private static String more(CheckFacts facts) {
        return facts.left() == 0 ? "" : "\n- … and " + facts.left() + " more that are not completed.";
    }

    /** What ended without this pull request is not its to complete, also when somebody reopens it. */
    private static List<Slug> promise(CheckFacts facts) {
        return facts.tasks()
                .stream()
                .filter(task -> !task.hasEnded() || task.completedIn().isPresent())
                .map(OfTask::slug)
                .toList();
    }

    /** The tasks that have not come to an end. */
    private static List<OfTask> left(CheckFacts facts) {
        return facts.tasks().stream().filter(task -> !task.hasEnded()).toList();
    }

    private static String ended(List<OfTask> tasks) {
        var completed = tasks.stream().filter(task -> task.facts().published().isCompleted()).toList();
        return completed.isEmpty()
                ? "Merged, " + CheckWording.subjects(CheckWording.slugs(tasks))
                        + (tasks.size() == 1 ? " is cancelled" : " are cancelled")
                : "Completed " + CheckWording.subjects(CheckWording.slugs(completed));
    }

    private static String unfinished(CheckFacts facts) {
        return left(facts).stream()
                .flatMap(task -> task.waitsUntil().stream())
                .max(Comparator.naturalOrder())
                .map(until -> "Merged, waiting until " + time(until))
                .or(() -> bookkept(facts))
                .orElseGet(() -> partly(facts));
    }

    /** What was done stands first. */
    private static String partly(CheckFacts facts) {
        var completed = facts.tasks().stream().filter(task -> task.facts().published().isCompleted()).toList();
        int left = left(facts).size() + facts.late().size() + facts.left();
        return completed.isEmpty() ? "Merged, not completed"
                : "Completed %s, %d left".formatted(CheckWording.subjects(CheckWording.slugs(completed)), left);
    }

    /** Where all that is left to be completed waits. */
    private static Optional<String> bookkept(CheckFacts facts) {
        var left = left(facts);
        return !left.isEmpty() && left.stream().allMatch(task -> task.waitsIn().isPresent())
                ? left.getFirst().waitsIn().map(number -> "Merged, completion waits in #" + number)
                : Optional.empty();
    }

    private static String time(Instant until) {
        return TIME.format(until);
    }

    private static String late(OfTask task) {
        if (task.facts().published() instanceof TaskCopy.Absent) {
            return "- **" + code(task.slug().value())
                    + "**: not completed: there is no such task on the default branch.";
        }
        return "- **" + code(task.slug().value())
                + "**: not completed: this pull request names it by now, but its check "
                + "run did not promise it before the merge. Who may write to this repository completes it by *Reconcile now*.";
    }

    private static String wasDone(OfTask task) {
        var parts = new ArrayList<String>();
        if (task.facts().published().isCompleted()) {
            parts.add(task.completedIn().map(sha -> "completed in " + sha).orElse("completed"));
        } else if (task.hasEnded()) {
            parts.add("is " + code("cancelled"));
        } else if (task.waitsIn().isPresent()) {
            parts.add("its completion waits in #" + task.waitsIn().get() + ", which somebody has to merge");
        } else {
            parts.add("not completed: " + whyNot(task));
        }
        if (task.facts().desk() instanceof AtDesk desk) {
            parts.add(register(desk, task));
            parts.add(drift(task));
        }
        return "- **" + code(task.slug().value()) + "**: " + String.join("; ", parts) + ".";
    }

    private static String whyNot(OfTask task) {
        if (task.waitsUntil().isPresent()) {
            return "GitHub's rate limit is used up; it goes on by itself at " + time(task.waitsUntil().get());
        }
        var reasons = reasons(task);
        return reasons.isEmpty() ? "it is still to be done" : literal(sentence(String.join("; ", reasons)), 600);
    }

    /** The line ends with a full stop of its own. */
    private static String sentence(String reasons) {
        return reasons.endsWith(".") ? reasons.substring(0, reasons.length() - 1) : reasons;
    }

    private static List<String> reasons(OfTask task) {
        var plan = task.plan();
        var reasons = new ArrayList<>(plan.skipped());
        reasons.addAll(plan.deferred());
        plan.signals()
                .stream()
                .filter(signal -> signal.kind() == SignalKind.REOPENED)
                .map(Signal::message)
                .forEach(reasons::add);
        if (reasons.isEmpty()) {
            task.obstacle().ifPresent(reasons::add);
        }
        if (reasons.isEmpty() && task.facts().published() instanceof TaskCopy.Absent) {
            reasons.add("there is no such task on the default branch");
        }
        return reasons;
    }

    private static String register(AtDesk desk, OfTask task) {
        if (desk.claim() instanceof DeskFacts.Claim.None) {
            return "register pruned";
        }
        return task.plan()
                .signals()
                .stream()
                .filter(signal -> signal.kind() == SignalKind.REGISTER_ORPHAN)
                .findFirst()
                .map(signal -> literal(signal.message(), 300))
                .orElse("register entry kept");
    }

    private static String drift(OfTask task) {
        return task.plan()
                .signals()
                .stream()
                .filter(signal -> signal.kind() == SignalKind.METADATA_DRIFT)
                .findFirst()
                .map(signal -> "drift: " + literal(signal.message(), 300))
                .orElse("no drift");
    }
}
