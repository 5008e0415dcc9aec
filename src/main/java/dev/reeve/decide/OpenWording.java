package dev.reeve.decide;

import dev.reeve.decide.CheckFacts.OfTask;
import dev.reeve.decide.CheckFacts.SinceCut;
import dev.reeve.decide.CheckFacts.TaskRequired;
import dev.reeve.model.CheckReport;
import dev.reeve.model.CheckReport.Annotation;
import dev.reeve.model.CheckReport.Conclusion;
import dev.reeve.model.CheckReport.Level;
import dev.reeve.model.DeskFacts;
import dev.reeve.model.DeskFacts.AtDesk;
import dev.reeve.model.Finding;
import dev.reeve.model.PullRequest;
import dev.reeve.model.Slug;
import dev.reeve.model.Task;
import dev.reeve.model.TaskPath;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static dev.reeve.decide.Markdown.code;
import static dev.reeve.decide.Markdown.literal;

/** What the check run of an open pull request says that goes to the default branch. */
final class OpenWording {

    private static final int MOST_BOXES = 20;
    private static final String MENDS = "The `.reeve.yml` of the default branch can't be used; the one of this pull request can."
            + " What was left undone is done after the merge.";

    private final CheckFacts facts;
    private final Set<Slug> faulty;
    private final Set<Finding> findings;

    private OpenWording(CheckFacts facts) {
        this.facts = facts;
        this.faulty = facts.head()
                .faults()
                .stream()
                .flatMap(fault -> TaskPath.parse(fault.place().file()).stream())
                .flatMap(path -> path.slug().stream())
                .collect(Collectors.toSet());
        this.findings = findings();
    }

    static CheckReport of(CheckFacts facts) {
        return new OpenWording(facts).report();
    }

    /** For one that mends the configuration, which no want of a task may keep from being merged. */
    static CheckReport mending(CheckFacts facts) {
        var wording = new OpenWording(facts);
        wording.findings.remove(Finding.NO_TASK);
        return wording.mending();
    }

    private CheckReport mending() {
        boolean mayPass = findings.stream().noneMatch(this::fails) && !isTooMuch() && !knowsNone();
        var completed = completed();
        var title = "Merging mends the configuration" + (completed.isEmpty() ? ""
                : " and completes " + CheckWording.subjects(CheckWording.slugs(completed)));
        var sections = new ArrayList<>(sections());
        sections.addFirst(MENDS);
        if (facts.tasks().isEmpty()) {
            sections.remove(noTask());
        }
        return new CheckReport(mayPass ? Conclusion.SUCCESS : conclusion(), mayPass ? title : title(),
                String.join("\n\n", sections), "", annotations()).promising(CheckWording.slugs(completed));
    }

    private Set<Finding> findings() {
        var found = EnumSet.noneOf(Finding.class);
        for (var finding : Finding.values()) {
            if (isThere(finding)) {
                found.add(finding);
            }
        }
        return found;
    }

    private boolean isThere(Finding finding) {
        return switch (finding) {
            case INVALID_TASK_FILE -> !facts.head().faults().isEmpty();
            case INVALID_CONFIGURATION -> !facts.head().configuration().isEmpty();
            case NO_TASK -> facts.tasks().isEmpty();
            case UNKNOWN_TASK -> facts.tasks().stream().anyMatch(task -> !isKnown(task));
            case OPEN_BOXES -> facts.tasks()
                    .stream()
                    .flatMap(task -> task.known().stream())
                    .anyMatch(task -> !task.openBoxes().isEmpty());
            case CHANGED_SINCE_CUT -> facts.tasks().stream().anyMatch(task -> task.sinceCut() == SinceCut.CHANGED);
        };
    }

    /** A task whose file is there but can't be read is no unknown one. */
    private boolean isKnown(OfTask task) {
        return task.known().isPresent() || faulty.contains(task.slug());
    }

    private CheckReport report() {
        var report = new CheckReport(conclusion(), title(), String.join("\n\n", sections()), "", annotations());
        return (facts.tasks().isEmpty() ? report : report.with(List.of(CheckWording.RECONCILE)))
                .promising(CheckWording.slugs(completed()));
    }

    private List<OfTask> completed() {
        return facts.tasks().stream().filter(this::becomesCompleted).toList();
    }

    /** More than can be told, so that somebody has to look for themselves. */
    private boolean isTooMuch() {
        return namesTooMany() || facts.head().unseen() > 0;
    }

    private boolean namesTooMany() {
        return facts.left() > 0 || CheckWording.beyond(facts.pullRequest()).isPresent();
    }

    private boolean fails(Finding finding) {
        return findings.contains(finding) && facts.policy().failOn().contains(finding);
    }

    private boolean knowsNone() {
        return !facts.tasks().isEmpty() && facts.tasks().stream().noneMatch(this::isKnown);
    }

    private Conclusion conclusion() {
        if (findings.stream().anyMatch(this::fails)) {
            return Conclusion.FAILURE;
        }
        if (knowsNone() || isTooMuch()
                || (facts.tasks().isEmpty() && facts.policy().taskRequired() == TaskRequired.YES)) {
            return Conclusion.ACTION_REQUIRED;
        }
        return facts.tasks().isEmpty() ? Conclusion.NEUTRAL : Conclusion.SUCCESS;
    }

    private String title() {
        return findings.stream().filter(this::fails).findFirst().map(OpenWording::name).orElseGet(this::usualTitle);
    }

    private static String name(Finding finding) {
        return switch (finding) {
            case INVALID_TASK_FILE -> "Invalid task file";
            case INVALID_CONFIGURATION -> "Invalid configuration";
            case NO_TASK -> "No task";
            case UNKNOWN_TASK -> "No such task";
            case OPEN_BOXES -> "Open boxes";
            case CHANGED_SINCE_CUT -> "Changed since the branch was cut";
        };
    }

    private String usualTitle() {
        if (isTooMuch()) {
            return namesTooMany() ? "Too many tasks" : "Too many task files";
        }
        if (facts.tasks().isEmpty()) {
            return name(Finding.NO_TASK);
        }
        if (knowsNone()) {
            return name(Finding.UNKNOWN_TASK);
        }
        var completed = completed();
        return completed.isEmpty() ? "Merging completes nothing"
                : "Merging completes " + CheckWording.subjects(CheckWording.slugs(completed));
    }

    private boolean becomesCompleted(OfTask task) {
        return !faulty.contains(task.slug()) && !isDeleted(task) && task.known()
                .filter(known -> !known.status().isFinal()
                        && !Reopening.isUndone(known, facts.pullRequest().number()))
                .isPresent();
    }

    private boolean isDeleted(OfTask task) {
        return facts.head().deleted().contains(task.slug());
    }

    private List<String> sections() {
        var sections = new ArrayList<>(tooMuch());
        if (!facts.head().faults().isEmpty()) {
            sections.add("These task files can't be read as they are at the head of this pull request; "
                    + "once merged, their tasks could not be completed.\n\n"
                    + Remarks.listedFaults(facts.head().faults(), CheckLinks.files(facts.pullRequest())));
        }
        if (!facts.head().configuration().isEmpty()) {
            sections.add("The `.reeve.yml` of this pull request can't be used; once merged, nothing would be done in "
                    + "this repository.\n\n"
                    + Remarks.listed(facts.head().configuration(), CheckLinks.files(facts.pullRequest())));
        }
        // Two lists without a word between them are one list.
        var before = sections.isEmpty() ? "" : "What merging does to its tasks:\n\n";
        sections.add(facts.tasks().isEmpty() ? noTask()
                : before + facts.tasks().stream().map(this::willDo).collect(Collectors.joining("\n")));
        CheckWording.beyond(facts.pullRequest()).ifPresent(sections::add);
        EditWording.of(facts).ifPresent(sections::add);
        sections.addAll(attention());
        return sections;
    }

    private List<String> tooMuch() {
        var told = new ArrayList<String>();
        if (facts.left() > 0) {
            told.add("One merge completes " + facts.tasks().size() + " tasks at most. This pull request is about "
                    + facts.left() + " more, which merging it does not complete: split it, or complete those by hand.");
        }
        if (facts.head().unseen() > 0) {
            told.add("It changes " + facts.head().unseen() + " more task files than are looked at here: "
                    + "split it, or look for yourself what it does to them.");
        }
        return told;
    }

    private String noTask() {
        var why = facts.policy().taskRequired() == TaskRequired.YES || fails(Finding.NO_TASK)
                ? "Every pull request here is about a task. "
                : "This pull request is about no task. ";
        return why + (facts.pullRequest().fromFork()
                ? "Name one by a line " + code("Task: <slug>")
                        + " in the description, or change exactly one task file; the name of a fork's branch doesn't count."
                : "Name one by a line " + code("Task: <slug>") + " in the description, or by a branch "
                        + code("task/<slug>") + ".");
    }

    private List<String> attention() {
        var told = new ArrayList<String>();
        var failed = facts.attention().failedChecks();
        if (!failed.isEmpty()) {
            told.add("Checks have failed: " + codes(failed) + ".");
        }
        var wanting = facts.attention().changesWantedBy();
        if (!wanting.isEmpty()) {
            told.add("Changes are wanted by " + codes(wanting) + ".");
        }
        return told;
    }

    private static String codes(List<String> names) {
        return names.stream().map(Markdown::code).collect(Collectors.joining(", "));
    }

    private List<Annotation> annotations() {
        var head = facts.head();
        return Stream.concat(
                Remarks.annotationsOf(head.faults(), level(Finding.INVALID_TASK_FILE)).stream(),
                Remarks.annotations(head.configuration(), level(Finding.INVALID_CONFIGURATION)).stream()).toList();
    }

    private Level level(Finding finding) {
        return fails(finding) ? Level.FAILURE : Level.WARNING;
    }

    private String willDo(OfTask task) {
        var slug = code(task.slug().value());
        if (faulty.contains(task.slug())) {
            return "- **" + slug + "** is not completed: its file is invalid.";
        }
        if (isDeleted(task)) {
            return "- **" + slug + "** is not completed: this pull request deletes its file.";
        }
        return task.known()
                .map(known -> "- **" + slug + "** " + literal(known.title(), 200) + ": " + transition(task, known)
                        + notices(task, known).stream()
                                .map(notice -> "\n  - " + notice)
                                .collect(Collectors.joining()))
                .orElseGet(() -> "- " + slug
                        + ": there is no task of this name; check the spelling, or add its file.");
    }

    private String transition(OfTask about, Task task) {
        PullRequest pr = facts.pullRequest();
        if (task.status().isFinal()) {
            return about.facts().published().asTask().filter(now -> !now.status().isFinal()).isPresent()
                    ? "this pull request itself makes it " + code(task.status().id()) + "."
                    : "is " + code(task.status().id()) + " already and stays so.";
        }
        if (Reopening.isUndone(task, pr.number())) {
            return "carries this pull request's number already and was reopened; it will be left alone.";
        }
        boolean registered = about.facts().desk() instanceof AtDesk desk
                && desk.claim() instanceof DeskFacts.Claim.Held;
        return code(task.status().id()) + " → " + code("completed")
                + (registered ? ", and its register entry is pruned." : ".");
    }

    private List<String> notices(OfTask task, Task known) {
        var notices = new ArrayList<String>();
        if (task.sinceCut() == SinceCut.CHANGED) {
            notices.add(
                    "its file has changed on the default branch since this branch was cut; merging or rebasing shows how.");
        }
        if (task.facts().desk() instanceof AtDesk desk && desk.mayHaveLiveWorker()) {
            notices.add("a worker is at it right now.");
        }
        var boxes = known.openBoxes();
        boxes.stream().limit(MOST_BOXES).forEach(box -> notices.add("open: " + literal(box, 200)));
        if (boxes.size() > MOST_BOXES) {
            notices.add("… and " + (boxes.size() - MOST_BOXES) + " more open boxes"
                    + CheckLinks.of(task, facts).map(address -> ": " + address).orElse("."));
        }
        return notices;
    }
}
