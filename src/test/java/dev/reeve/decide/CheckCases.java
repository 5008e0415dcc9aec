package dev.reeve.decide;

import dev.reeve.decide.BookkeepingWording.Entry;
import dev.reeve.decide.CheckFacts.Remark;
import dev.reeve.decide.CheckFacts.SinceCut;
import dev.reeve.model.BranchName;
import dev.reeve.model.CheckReport;
import dev.reeve.model.Finding;
import dev.reeve.model.Place;
import dev.reeve.model.PullRequest.State;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskStatus;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static dev.reeve.decide.GivenCheck.about;
import static dev.reeve.decide.GivenCheck.closed;
import static dev.reeve.decide.GivenCheck.completed;
import static dev.reeve.decide.GivenCheck.failed;
import static dev.reeve.decide.GivenCheck.merged;
import static dev.reeve.decide.GivenCheck.open;
import static dev.reeve.decide.GivenCheck.ready;
import static dev.reeve.decide.GivenCheck.seen;
import static dev.reeve.decide.GivenCheck.skipped;
import static dev.reeve.decide.GivenCheck.task;
import static dev.reeve.decide.GivenCheck.unknown;
import static dev.reeve.decide.GivenCheck.waiting;
import static dev.reeve.decide.GivenTask.aTask;

/** What a check run may say, case by case, for the documentation. */
final class CheckCases {

    private static final List<Remark> FAULTY = List
            .of(new Remark(new Place(".reeve.yml", 3, 1), "workers: there is no such key; did you mean worker?"));
    private static final BranchName MAIN = new BranchName("main");

    private CheckCases() {}

    /** When it says it, and what. */
    static Map<String, CheckReport> all() {
        var cases = new LinkedHashMap<String, CheckReport>();
        before(cases);
        wrong(cases);
        after(cases);
        notCompleted(cases);
        elsewhere(cases);
        bookkeeping(cases);
        return cases;
    }

    private static void before(Map<String, CheckReport> cases) {
        var login = ready("fix-login", "Fix the login");
        cases.put("open, about one task", open().about(login).report());
        cases.put("open, about several, with open boxes", open().about(login)
                .about(about(task("add-search", "Search by colour", TaskStatus.READY,
                        List.of("QA exploration completed", "Review cleared")), SinceCut.UNCHANGED))
                .report());
        cases.put("its file changed since the cut, open boxes", open().about(
                about(task("fix-login", "Fix the login", TaskStatus.READY, List.of("try it on a phone")),
                        SinceCut.CHANGED))
                .report());
        cases.put("checks failed, changes wanted",
                open().about(login).attention(List.of("build", "lint"), List.of("erin")).report());
        cases.put("changes the files of other tasks", open().about(login)
                .edit(Optional.of(task("pay-by-card", "Pay", TaskStatus.READY, List.of())),
                        task("pay-by-card", "Pay", TaskStatus.COMPLETED, List.of()))
                .edit(Optional.empty(), task("add-more", "More", TaskStatus.READY, List.of()))
                .report());
        cases.put("a worker is at it", open().about(
                seen(aTask().registered().run("running", true, null).pullRequest(State.OPEN)))
                .report());
        atAnEnd(cases);
    }

    private static void atAnEnd(Map<String, CheckReport> cases) {
        cases.put("its task is completed already", open().about(completed("fix-login", "Fix the login")).report());
        cases.put("it sets the status itself",
                open().about(GivenCheck.making(ready("fix-login", "Fix the login"),
                        task("fix-login", "Fix the login", TaskStatus.COMPLETED, List.of()))).report());
        cases.put("its task is cancelled", open().about(
                about(task("fix-login", "Fix the login", TaskStatus.CANCELLED, List.of()), SinceCut.UNCHANGED))
                .report());
        cases.put("its task was completed by it and reopened",
                open().about(seen(aTask().carrying(12).keys(Map.of("completed_by", "dave")).pullRequest(State.OPEN)))
                        .report());
    }

    private static void wrong(Map<String, CheckReport> cases) {
        var login = ready("fix-login", "Fix the login");
        cases.put("a task file in it is invalid",
                open().about(login).fault("tasks/fix-login.md", 3, "there is no status \"finished\"").report());
        cases.put("its `.reeve.yml` is invalid",
                open().about(login).misconfiguring(3, "workers: there is no such key").report());
        cases.put("no task", open().report());
        cases.put("no task, from a fork", open().fromFork().report());
        cases.put("no task, `require_task: true`", open().needingATask().report());
        cases.put("no task, `fail_on: [no-task]`", open().failingOn(Finding.NO_TASK).report());
        cases.put("names a task that isn't there", open().about(unknown("fix-logn")).report());
        cases.put("open boxes, `fail_on: [open-boxes]`", open().failingOn(Finding.OPEN_BOXES)
                .about(about(task("fix-login", "Fix the login", TaskStatus.READY, List.of("try it on a phone")),
                        SinceCut.UNCHANGED))
                .report());
        cases.put("changed since the cut, `fail_on: [changed-since-cut]`", open().failingOn(Finding.CHANGED_SINCE_CUT)
                .about(about(task("fix-login", "Fix the login", TaskStatus.READY, List.of()), SinceCut.CHANGED))
                .report());
        cases.put("the default branch's `.reeve.yml` is invalid",
                CheckWording.misconfigured(open().facts().pullRequest(), MAIN, FAULTY, List.of()));
        cases.put("… and this mends it", CheckWording.mendsConfiguration(open().about(login).facts()));
    }

    private static void after(Map<String, CheckReport> cases) {
        cases.put("merged", merged().about(completed("fix-login", "Fix the login")).report());
        cases.put("merged, and the server shares the checkout",
                merged().about(seen(aTask().status(TaskStatus.COMPLETED)
                        .carrying(12)
                        .pullRequest(State.MERGED)
                        .worktree(true, true, Duration.ZERO))).report());
        cases.put("merged, and its task is cancelled", merged().about(
                about(task("fix-login", "Fix the login", TaskStatus.CANCELLED, List.of()), SinceCut.UNCHANGED))
                .report());
        cases.put("merged, and named another task only afterwards", merged()
                .about(completed("fix-login", "Fix the login"))
                .namingLate(ready("pay-by-card", "Pay"))
                .report());
        cases.put("merged, about no task", merged().report());
    }

    private static void notCompleted(Map<String, CheckReport> cases) {
        cases.put("merged, but not completed", merged()
                .about(skipped("fix-login", "PR #12 is merged, but the task file is invalid: tasks/fix-login.md:3:9"))
                .report());
        cases.put("merged, but GitHub refuses the push", merged()
                .about(failed("fix-login", PushRefusal
                        .of("GH006: Protected branch update failed for refs/heads/main. - Changes must be made through a pull request.")
                        .words("main")))
                .report());
        cases.put("merged, a rate limit", merged()
                .about(waiting("fix-login", Instant.parse("2026-03-27T10:15:00Z")))
                .report());
        cases.put("merged, and reopened; its worktree goes on",
                merged().about(seen(aTask().registered()
                        .carrying(12)
                        .keys(Map.of("completed_by", "dave"))
                        .worktree(true, false, Duration.ZERO)
                        .worktreeSays(Map.of("priority", "p0"), Duration.ZERO)
                        .pullRequest(State.MERGED))).report());
        cases.put("merged, and completions go through a pull request",
                merged().about(ready("fix-login", "Fix the login").waitingIn(13)).report());
    }

    private static void elsewhere(Map<String, CheckReport> cases) {
        cases.put("closed unmerged", closed().about(ready("fix-login", "Fix the login")).report());
        cases.put("goes to another branch", open().into("release").about(ready("fix-login", "Fix the login")).report());
        cases.put("asked for anew at a commit that isn't the head any more", CheckWording.outdated(12));
        cases.put("a merge queue's commit",
                CheckWording.ofGroup(open().facts().pullRequest(), List.of(new Slug("fix-login"))));
        cases.put("… of which nothing can be found out", CheckWording.ofGroup());
    }

    private static void bookkeeping(Map<String, CheckReport> cases) {
        var waiting = List.of(new Entry(new Slug("fix-login"), Optional.of(12)),
                new Entry(new Slug("add-search"), Optional.empty()));
        cases.put("the bookkeeping one", BookkeepingWording.check(open().facts().pullRequest(), waiting, List.of()));
        cases.put("… somebody else's commits keep it from being made anew",
                BookkeepingWording.check(open().facts().pullRequest(), waiting, List.of(new Slug("fix-login"))));
        cases.put("… merged", BookkeepingWording.check(merged().facts().pullRequest(), waiting, List.of()));
        cases.put("… closed", BookkeepingWording.check(closed().facts().pullRequest(), List.of(), List.of()));
    }
}
