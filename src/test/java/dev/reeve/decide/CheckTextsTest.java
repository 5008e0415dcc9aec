package dev.reeve.decide;

import dev.reeve.decide.CheckFacts.SinceCut;
import dev.reeve.kit.GeneratedPart;
import dev.reeve.model.CheckReport;
import dev.reeve.model.CheckReport.Button;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskStatus;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static dev.reeve.decide.GivenCheck.about;
import static dev.reeve.decide.GivenCheck.closed;
import static dev.reeve.decide.GivenCheck.completed;
import static dev.reeve.decide.GivenCheck.merged;
import static dev.reeve.decide.GivenCheck.open;
import static dev.reeve.decide.GivenCheck.ready;
import static dev.reeve.decide.GivenCheck.task;
import static org.assertj.core.api.Assertions.assertThat;

/** The table of check runs in the documentation is what they say. */
class CheckTextsTest {

    private static String table() {
        return "| when the pull request is | conclusion | title | text | buttons |\n| --- | --- | --- | --- | --- |\n"
                + CheckCases.all()
                        .entrySet()
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
        new GeneratedPart(Path.of("docs/webhooks.md"), "check texts").is(table());
    }

    @Test
    void everyReportIsWithinTheLimitsOfGitHub() {
        assertThat(CheckCases.all().values()).allSatisfy(report -> {
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
    void whatIsTooMuchSaysHowMuchIsMissingAndWhereItIs() {
        var many = open().fault("tasks/x.md", 3, "no");
        IntStream.range(0, 120).forEach(n -> {
            many.fault("tasks/y%d.md".formatted(n), 3, "no");
            many.edit(Optional.empty(), task("more-" + n, "More", TaskStatus.READY, List.of()));
        });
        assertThat(many.report().summary()).contains("- … and 21 more: https://github.com/acme/shop/pull/12/files",
                "- … and 70 more: https://github.com/acme/shop/pull/12/files");
        assertThat(many.report().whole()).isEqualTo("https://github.com/acme/shop/pull/12/files");
        assertThat(merged().about(completed("a", "A")).about(completed("b", "B")).report().whole())
                .isEqualTo("https://github.com/acme/shop/tree/main");
        assertThat(whole("the default branch's `.reeve.yml` is invalid"))
                .isEqualTo("https://github.com/acme/shop/blob/main/.reeve.yml");
        assertThat(whole("the bookkeeping one")).isEqualTo("https://github.com/acme/shop/pull/12/files");
    }

    private static String whole(String when) {
        return Objects.requireNonNull(CheckCases.all().get(when)).whole();
    }

    @Test
    void tasksThatAreTooManyToCountAreCountedOut() {
        var lines = IntStream.range(0, 53).mapToObj(n -> "Task: t" + n).collect(Collectors.joining("\n"));
        assertThat(open().describing(lines).about(ready("t0", "T")).report().summary())
                .contains("names 3 more tasks, which don't count");
        assertThat(merged().describing(lines).about(completed("t0", "T")).report().summary())
                .contains("names 3 more tasks, which don't count");
    }

    @Test
    void aCancelledTaskIsAnEnd() {
        var cancelled = about(task("old-idea", "X", TaskStatus.CANCELLED, List.of()), SinceCut.UNCHANGED);
        var report = merged().about(completed("fix-login", "Y")).about(cancelled).report();
        assertThat(report.conclusion()).isEqualTo(CheckReport.Conclusion.SUCCESS);
        assertThat(report.title()).isEqualTo("Completed fix-login");
        assertThat(report.summary()).contains("`old-idea`**: is `cancelled`.").doesNotContain("not completed");
        assertThat(merged().about(cancelled).report().title()).isEqualTo("Merged, old-idea is cancelled");
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
