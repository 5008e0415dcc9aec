package dev.reeve.decide;

import dev.reeve.decide.CheckFacts.OfTask;
import dev.reeve.decide.CheckFacts.SinceCut;
import dev.reeve.model.CheckReport;
import dev.reeve.model.CheckReport.Annotation;
import dev.reeve.model.CheckReport.Conclusion;
import dev.reeve.model.CheckReport.Level;
import dev.reeve.model.DeskFacts;
import dev.reeve.model.DeskFacts.AtDesk;
import dev.reeve.model.Fault;
import dev.reeve.model.PullRequest;
import dev.reeve.model.Signal;
import dev.reeve.model.SignalKind;
import dev.reeve.model.Slug;
import dev.reeve.model.Task;
import dev.reeve.model.TaskCopy;
import dev.reeve.model.TaskPath;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static dev.reeve.decide.Markdown.code;
import static dev.reeve.decide.Markdown.literal;

/**
 * What the check run says, in words: before the merge what merging will do to which task, after it what was done. It is a function of the
 * state alone, so that writing it twice writes the same.
 */
public final class CheckWording {

    private CheckWording() {}

    /** The report for a pull request. */
    public static CheckReport of(CheckFacts facts) {
        var pr = facts.pullRequest();
        boolean elsewhere = !pr.base().equals(facts.defaultBranch().value());
        return switch (pr.state()) {
            case OPEN, DRAFT -> elsewhere ? otherBase(facts, "Merges") : open(facts);
            case MERGED -> elsewhere ? otherBase(facts, "Merged") : merged(facts);
            case CLOSED -> plain(Conclusion.NEUTRAL, "Closed without being merged",
                    "No task is completed by it." + names(facts, " It was about "));
        };
    }

    /** The report where the repository's configuration can't be used: until it is mended nothing is completed. */
    public static CheckReport misconfigured(List<String> faults) {
        var lines = faults.stream().limit(100).map(fault -> "- " + literal(fault, 500)).toList();
        return plain(Conclusion.ACTION_REQUIRED, "The configuration can't be used",
                "Nothing is done in this repository until this is mended:\n\n" + String.join("\n", lines));
    }

    private static CheckReport plain(Conclusion conclusion, String title, String summary) {
        return new CheckReport(conclusion, title, summary, "", List.of());
    }

    private static String names(CheckFacts facts, String before) {
        return facts.tasks().isEmpty() ? ""
                : before + String.join(", ", facts.tasks().stream().map(t -> code(t.facts().slug().value())).toList())
                        + ".";
    }

    private static CheckReport otherBase(CheckFacts facts, String verb) {
        return plain(Conclusion.NEUTRAL, verb + " into another branch than " + facts.defaultBranch(),
                "Tasks are completed by merges into " + code(facts.defaultBranch().value())
                        + "; this pull request goes to "
                        + code(facts.pullRequest().base()) + "." + names(facts, " It is about "));
    }

    private static CheckReport noTask(CheckFacts facts) {
        var how = "Name one by a line " + code("Task: <slug>") + " in the description, or by a branch "
                + code("task/<slug>") + ".";
        return switch (facts.taskRequired()) {
            case YES -> plain(Conclusion.ACTION_REQUIRED, "No task", "Every pull request here is about a task. " + how);
            case NO -> plain(Conclusion.NEUTRAL, "No task", "This pull request is about no task. " + how);
        };
    }

    private static CheckReport open(CheckFacts facts) {
        if (!facts.faults().isEmpty()) {
            return faulty(facts);
        }
        if (facts.tasks().isEmpty()) {
            return noTask(facts);
        }
        var lines = facts.tasks().stream().map(task -> willDo(task, facts)).toList();
        boolean known = facts.tasks()
                .stream()
                .anyMatch(task -> task.facts().root().asTask().isPresent() || task.atHead().isPresent());
        return known
                ? plain(Conclusion.SUCCESS, "Merging completes " + subjects(facts), String.join("\n", lines))
                : plain(Conclusion.ACTION_REQUIRED, "No such task", String.join("\n", lines));
    }

    private static String subjects(CheckFacts facts) {
        var slugs = facts.tasks().stream().map(task -> task.facts().slug()).map(Slug::value).toList();
        return slugs.size() == 1 ? slugs.getFirst() : slugs.size() + " tasks";
    }

    private static CheckReport faulty(CheckFacts facts) {
        var annotations = facts.faults().stream().map(CheckWording::annotation).toList();
        var lines = facts.faults()
                .stream()
                .limit(100)
                .map(fault -> "- " + code(fault.place().toString()) + ": "
                        + literal(fault.message(), 500))
                .toList();
        return new CheckReport(Conclusion.FAILURE, "Invalid task file",
                "These task files can't be read as they are at the head of this pull request; "
                        + "once merged, their tasks could not be completed.\n\n" + String.join("\n", lines),
                "", annotations);
    }

    private static Annotation annotation(Fault fault) {
        return new Annotation(new TaskPath(fault.place().file()), fault.place().line(), Level.FAILURE,
                fault.kind().id(), fault.message());
    }

    private static String willDo(OfTask task, CheckFacts facts) {
        var slug = code(task.facts().slug().value());
        var known = task.atHead().or(() -> task.facts().published().asTask()).or(() -> task.facts().root().asTask());
        if (known.isEmpty()) {
            return "- " + slug + ": there is no task of this name; check the spelling, or add its file.";
        }
        var line = new StringBuilder("- **").append(slug)
                .append("** ")
                .append(literal(known.get().title(), 200))
                .append(": ")
                .append(transition(task, known.get(), facts.pullRequest()));
        notices(task, known.get()).forEach(notice -> line.append("\n  - ").append(notice));
        return line.toString();
    }

    private static String transition(OfTask about, Task task, PullRequest pr) {
        if (task.status().isFinal()) {
            return "is " + code(task.status().id()) + " already and stays so.";
        }
        if (Reopening.isUndone(task, pr.number())) {
            return "carries this pull request's number already and was reopened; it will be left alone.";
        }
        boolean registered = about.facts().desk() instanceof AtDesk desk
                && desk.claim() instanceof DeskFacts.Claim.Held;
        return code(task.status().id()) + " → " + code("completed")
                + (registered ? ", and its register entry is pruned." : ".");
    }

    private static List<String> notices(OfTask task, Task known) {
        var notices = new ArrayList<String>();
        if (task.sinceCut() == SinceCut.CHANGED) {
            notices.add(
                    "its file has changed on the default branch since this branch was cut; merging or rebasing shows how.");
        }
        if (task.facts().desk() instanceof AtDesk desk && desk.mayHaveLiveWorker()) {
            notices.add("a worker is at it right now.");
        }
        known.openBoxes().stream().limit(20).forEach(box -> notices.add("open: " + literal(box, 200)));
        return notices;
    }

    private static CheckReport merged(CheckFacts facts) {
        if (facts.tasks().isEmpty()) {
            return plain(Conclusion.NEUTRAL, "No task", "This pull request was about no task; nothing was to be done.");
        }
        var lines = facts.tasks().stream().map(CheckWording::wasDone).toList();
        boolean all = facts.tasks().stream().allMatch(task -> task.facts().published().isCompleted());
        return all
                ? plain(Conclusion.SUCCESS, "Completed " + subjects(facts), String.join("\n", lines))
                : plain(Conclusion.NEUTRAL, waiting(facts).orElse("Merged, not completed"), String.join("\n", lines));
    }

    /** Where all that is left to be completed waits. */
    private static Optional<String> waiting(CheckFacts facts) {
        var left = facts.tasks().stream().filter(task -> !task.facts().published().isCompleted()).toList();
        return left.stream().allMatch(task -> task.waitsIn().isPresent())
                ? left.getFirst().waitsIn().map(number -> "Merged, completion waits in #" + number)
                : Optional.empty();
    }

    private static String wasDone(OfTask task) {
        var parts = new ArrayList<String>();
        if (task.facts().published().isCompleted()) {
            parts.add(task.completedIn().map(sha -> "completed in " + sha).orElse("completed"));
        } else if (task.waitsIn().isPresent()) {
            parts.add("its completion waits in #" + task.waitsIn().get() + ", which somebody has to merge");
        } else {
            parts.add("not completed: " + whyNot(task));
        }
        if (task.facts().desk() instanceof AtDesk desk) {
            parts.add(register(desk, task));
            parts.add(drift(task));
        }
        return "- **" + code(task.facts().slug().value()) + "**: " + String.join("; ", parts) + ".";
    }

    private static String whyNot(OfTask task) {
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
        return reasons.isEmpty() ? "it is still to be done" : literal(String.join("; ", reasons), 600);
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
