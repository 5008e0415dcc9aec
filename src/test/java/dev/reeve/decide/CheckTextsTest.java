package dev.reeve.decide;

import dev.reeve.decide.CheckFacts.Remark;
import dev.reeve.decide.CheckFacts.SinceCut;
import dev.reeve.model.CheckReport;
import dev.reeve.model.CheckReport.Button;
import dev.reeve.model.Finding;
import dev.reeve.model.Place;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskStatus;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import static dev.reeve.decide.GivenCheck.about;
import static dev.reeve.decide.GivenCheck.closed;
import static dev.reeve.decide.GivenCheck.completed;
import static dev.reeve.decide.GivenCheck.failed;
import static dev.reeve.decide.GivenCheck.merged;
import static dev.reeve.decide.GivenCheck.open;
import static dev.reeve.decide.GivenCheck.ready;
import static dev.reeve.decide.GivenCheck.skipped;
import static dev.reeve.decide.GivenCheck.task;
import static dev.reeve.decide.GivenCheck.unknown;
import static dev.reeve.decide.GivenCheck.waiting;
import static org.assertj.core.api.Assertions.assertThat;

/** The table of check runs in the documentation is what they say. */
class CheckTextsTest {

    private static final String BEGIN = "<!-- check texts -->\n";
    private static final String END = "<!-- end of check texts -->";
    private static final List<Remark> FAULTY = List
            .of(new Remark(new Place(".reeve.yml", 3, 1), "workers: there is no such key; did you mean worker?"));

    private static Map<String, CheckReport> cases() {
        var cases = new LinkedHashMap<String, CheckReport>();
        before(cases);
        wrong(cases);
        after(cases);
        elsewhere(cases);
        return cases;
    }

    private static void before(Map<String, CheckReport> cases) {
        var login = ready("fix-login", "Fix the login");
        cases.put("open, about one task", open().about(login).report());
        cases.put("open, about several", open().about(login).about(ready("add-search", "Search by colour")).report());
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
        cases.put("its task is completed already", open().about(completed("fix-login", "Fix the login")).report());
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
        cases.put("the default branch's `.reeve.yml` is invalid", CheckWording.misconfigured(FAULTY, List.of()));
        cases.put("… and this mends it", CheckWording.mendsConfiguration(open().about(login).facts()));
    }

    private static void after(Map<String, CheckReport> cases) {
        cases.put("merged", merged().about(completed("fix-login", "Fix the login")).report());
        cases.put("merged, but not completed", merged()
                .about(skipped("fix-login", "PR #12 is merged, but the task file is invalid: tasks/fix-login.md:3:9"))
                .report());
        cases.put("merged, an obstacle", merged()
                .about(failed("fix-login", "git push: exit 1: the branch is protected"))
                .report());
        cases.put("merged, a rate limit", merged()
                .about(waiting("fix-login", Instant.parse("2026-03-27T10:15:00Z")))
                .report());
        cases.put("merged, and named another task only afterwards", merged()
                .about(completed("fix-login", "Fix the login"))
                .namingLate(ready("pay-by-card", "Pay"))
                .report());
        cases.put("merged, about no task", merged().report());
    }

    private static void elsewhere(Map<String, CheckReport> cases) {
        cases.put("closed unmerged", closed().about(ready("fix-login", "Fix the login")).report());
        cases.put("goes to another branch", open().into("release").about(ready("fix-login", "Fix the login")).report());
        cases.put("asked for anew at a commit that isn't the head any more", CheckWording.outdated(12));
        cases.put("a merge queue's commit", CheckWording.ofGroup(List.of(new Slug("fix-login"))));
        cases.put("… of which nothing can be found out", CheckWording.ofGroup(List.of()));
    }

    private static String table() {
        return "| when the pull request is | conclusion | title | text | buttons |\n| --- | --- | --- | --- | --- |\n"
                + cases().entrySet()
                        .stream()
                        .map(one -> row(one.getKey(), one.getValue()))
                        .collect(Collectors.joining("\n"));
    }

    private static String row(String when, CheckReport report) {
        return "| %s | `%s` | %s | %s | %s |".formatted(when, report.conclusion().name().toLowerCase(Locale.ROOT),
                report.title(), report.summary().replace("\n", "<br>"),
                report.actions().stream().map(Button::label).collect(Collectors.joining(", ")));
    }

    @Test
    void theDocumentationShowsWhatCheckRunsSay() throws IOException {
        var page = Files.readString(Path.of("docs/webhooks.md"));
        var written = page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END));

        assertThat(written.strip()).as("replace the part between the marks by %s", table()).isEqualTo(table());
    }

    @Test
    void everyReportIsWithinTheLimitsOfGitHub() {
        assertThat(cases().values()).allSatisfy(report -> {
            assertThat(report.title()).hasSizeBetween(3, 255);
            assertThat(report.actions()).hasSizeLessThanOrEqualTo(3).allSatisfy(button -> {
                assertThat(button.label()).hasSizeLessThanOrEqualTo(20);
                assertThat(button.description()).hasSizeLessThanOrEqualTo(40);
                assertThat(button.does().button())
                        .hasValueSatisfying(id -> assertThat(id).hasSizeLessThanOrEqualTo(20));
            });
        });
    }

    @Test
    void whatHasToBeCutIsLinkedToAsAWhole() {
        var login = ready("fix-login", "Fix the login");
        assertThat(open().about(login).report().whole())
                .isEqualTo("https://github.com/acme/shop/blob/" + GivenCheck.HEAD + "/tasks/fix-login.md");
        assertThat(open().fault("tasks/ä (1)/x.md", 3, "no").report().whole())
                .isEqualTo("https://github.com/acme/shop/blob/" + GivenCheck.HEAD + "/tasks/%C3%A4%20%281%29/x.md");
        assertThat(merged().about(completed("fix-login", "x")).report().whole())
                .isEqualTo("https://github.com/acme/shop/blob/main/tasks/fix-login.md");
    }

    @Test
    void openAndMergedOnesPromiseTheirTasksAndOthersNothing() {
        var login = ready("fix-login", "Fix the login");
        assertThat(open().about(login).report().promise()).contains(List.of(new Slug("fix-login")));
        assertThat(open().report().promise()).contains(List.of());
        assertThat(merged().about(completed("fix-login", "x")).namingLate(login).report().promise())
                .contains(List.of(new Slug("fix-login")));
        assertThat(open().into("release").about(login).report().promise()).isEmpty();
        assertThat(closed().about(login).report().promise()).isEmpty();
    }
}
