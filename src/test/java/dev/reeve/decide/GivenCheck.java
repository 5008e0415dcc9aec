package dev.reeve.decide;

import dev.reeve.decide.CheckFacts.AtHead;
import dev.reeve.decide.CheckFacts.Attention;
import dev.reeve.decide.CheckFacts.Edit;
import dev.reeve.decide.CheckFacts.OfTask;
import dev.reeve.decide.CheckFacts.Policy;
import dev.reeve.decide.CheckFacts.Remark;
import dev.reeve.decide.CheckFacts.SinceCut;
import dev.reeve.decide.CheckFacts.TaskRequired;
import dev.reeve.model.BranchName;
import dev.reeve.model.CheckReport;
import dev.reeve.model.DeskFacts;
import dev.reeve.model.Fault;
import dev.reeve.model.Finding;
import dev.reeve.model.MergeVisibility;
import dev.reeve.model.Place;
import dev.reeve.model.Priority;
import dev.reeve.model.PullRequest;
import dev.reeve.model.PullRequest.State;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.Sha;
import dev.reeve.model.SignalKind;
import dev.reeve.model.Slug;
import dev.reeve.model.Task;
import dev.reeve.model.TaskCopy;
import dev.reeve.model.TaskFacts;
import dev.reeve.model.TaskPath;
import dev.reeve.model.TaskStatus;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a check run is written from, built up in the words of a story: pull request 12 of {@code acme/shop}. */
final class GivenCheck {

    static final Sha HEAD = new Sha("cd".repeat(20));
    private static final Sha MERGE = new Sha("ab".repeat(20));
    private static final Sha DONE = new Sha("1a2b3c4d5e".repeat(4));
    private static final Instant MERGED_AT = Instant.parse("2026-03-27T10:11:12Z");

    private final State state;
    private final List<OfTask> tasks = new ArrayList<>();
    private final List<OfTask> late = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private final List<Remark> configuration = new ArrayList<>();
    private final List<Edit> edits = new ArrayList<>();
    private Attention attention = Attention.NONE;
    private Set<Finding> failOn = EnumSet.of(Finding.INVALID_TASK_FILE, Finding.INVALID_CONFIGURATION);
    private TaskRequired required = TaskRequired.NO;
    private String base = "main";
    private String description = "";
    private boolean fork;

    private GivenCheck(State state) {
        this.state = state;
    }

    static GivenCheck open() {
        return new GivenCheck(State.OPEN);
    }

    static GivenCheck merged() {
        return new GivenCheck(State.MERGED);
    }

    static GivenCheck closed() {
        return new GivenCheck(State.CLOSED);
    }

    GivenCheck into(String branch) {
        base = branch;
        return this;
    }

    GivenCheck describing(String text) {
        description = text;
        return this;
    }

    GivenCheck fromFork() {
        fork = true;
        return this;
    }

    GivenCheck needingATask() {
        required = TaskRequired.YES;
        return this;
    }

    GivenCheck failingOn(Finding... findings) {
        failOn = Set.of(findings);
        return this;
    }

    GivenCheck about(OfTask task) {
        tasks.add(task);
        return this;
    }

    GivenCheck namingLate(OfTask task) {
        late.add(task);
        return this;
    }

    GivenCheck fault(String file, int line, String message) {
        faults.add(new Fault(SignalKind.INVALID_STATUS, new Place(file, line, 9), message));
        return this;
    }

    GivenCheck misconfiguring(int line, String message) {
        configuration.add(new Remark(new Place(".reeve.yml", line, 1), message));
        return this;
    }

    GivenCheck edit(Optional<Task> before, Task after) {
        edits.add(new Edit(before, after));
        return this;
    }

    GivenCheck attention(List<String> failed, List<String> wanting) {
        attention = new Attention(failed, wanting);
        return this;
    }

    CheckReport report() {
        return CheckWording.of(facts());
    }

    CheckFacts facts() {
        return new CheckFacts(pullRequest(state, base, fork, description), new BranchName("main"), tasks, late,
                new AtHead(faults, configuration, edits), attention, new Policy(required, failOn));
    }

    private static PullRequest pullRequest(State state, String base, boolean fork, String description) {
        boolean merged = state == State.MERGED;
        return new PullRequest(12, "Fix it", description, "dave", state, "task/fix-login", HEAD, fork, base,
                merged ? MERGED_AT : null, merged ? MERGE : null, "https://github.com/acme/shop/pull/12");
    }

    static Task task(String slug, String title, TaskStatus status, List<String> boxes) {
        return new Task(new Slug(slug), new TaskPath("tasks/" + slug + ".md"), title, status, Priority.P2, null, "dave",
                List.of(), BranchName.ofTask(new Slug(slug)), null, Map.of("status", status.id()), boxes, false);
    }

    static OfTask ready(String slug, String title) {
        return about(task(slug, title, TaskStatus.READY, List.of()), SinceCut.UNCHANGED);
    }

    static OfTask about(Task task, SinceCut sinceCut) {
        return of(task.slug(), new TaskCopy.Valid(task, null), List.of(), Optional.empty(), Optional.empty(), sinceCut);
    }

    static OfTask unknown(String slug) {
        return of(new Slug(slug), new TaskCopy.Absent(), List.of(), Optional.empty(), Optional.empty(),
                SinceCut.UNCHANGED);
    }

    static OfTask completed(String slug, String title) {
        return of(new Slug(slug), new TaskCopy.Valid(task(slug, title, TaskStatus.COMPLETED, List.of()), null),
                List.of(), Optional.empty(), Optional.empty(), SinceCut.UNCHANGED);
    }

    /** As a pass over these facts would see it. */
    static OfTask seen(GivenTask given) {
        var facts = given.facts();
        return new OfTask(facts, given.decide(), Optional.empty(), Optional.empty(), Optional.empty(),
                facts.published().isCompleted() ? Optional.of(DONE) : Optional.empty(), Optional.empty(),
                SinceCut.UNCHANGED);
    }

    /** The pull request itself changes the task to this. */
    static OfTask making(OfTask task, Task atHead) {
        return new OfTask(task.facts(), task.plan(), task.obstacle(), task.waitsIn(), task.waitsUntil(),
                task.completedIn(), Optional.of(atHead), task.sinceCut());
    }

    static OfTask skipped(String slug, String why) {
        return notYet(slug, List.of(why), Optional.empty(), Optional.empty());
    }

    static OfTask failed(String slug, String obstacle) {
        return notYet(slug, List.of(), Optional.of(obstacle), Optional.empty());
    }

    static OfTask waiting(String slug, Instant until) {
        return notYet(slug, List.of(), Optional.empty(), Optional.of(until));
    }

    private static OfTask notYet(String slug, List<String> skipped, Optional<String> obstacle,
            Optional<Instant> waits) {
        return of(new Slug(slug), new TaskCopy.Valid(task(slug, "Fix it", TaskStatus.READY, List.of()), null), skipped,
                obstacle, waits, SinceCut.UNCHANGED);
    }

    private static OfTask of(Slug slug, TaskCopy published, List<String> skipped, Optional<String> obstacle,
            Optional<Instant> waits, SinceCut sinceCut) {
        var pr = new PullRequestLookup.Found(pullRequest(State.OPEN, "main", false, ""));
        var facts = new TaskFacts(slug, published, new DeskFacts.NoDesk(), pr, MergeVisibility.NONE);
        var plan = new TaskPlan(slug, List.of(), List.of(), skipped, List.of());
        return new OfTask(facts, plan, obstacle, Optional.empty(), waits,
                published.isCompleted() ? Optional.of(DONE) : Optional.empty(),
                Optional.empty(), sinceCut);
    }
}
