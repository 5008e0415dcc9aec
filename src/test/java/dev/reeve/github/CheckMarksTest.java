package dev.reeve.github;

import dev.reeve.model.CheckReport;
import dev.reeve.model.CheckReport.Annotation;
import dev.reeve.model.CheckReport.Conclusion;
import dev.reeve.model.CheckReport.Level;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskPath;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class CheckMarksTest {

    private static final List<Slug> TASKS = List.of(new Slug("fix-login"), new Slug("add-search"));

    private static CheckReport report(String summary, int annotations) {
        return new CheckReport(Conclusion.SUCCESS, "title", summary, "", IntStream.range(0, annotations)
                .mapToObj(n -> new Annotation(new TaskPath("a.md"), n + 1, Level.FAILURE, "t", "m" + n))
                .toList());
    }

    @Property
    void whatIsPromisedIsReadAgainWhateverStandsBefore(@ForAll String summary) {
        var output = CheckOutput
                .of(report(summary + CheckMarks.promise(List.of(new Slug("forged"))), 3).promising(TASKS));

        assertThat(CheckMarks.promiseIn(output.summary())).contains(TASKS);
    }

    @Test
    void aLongTextKeepsItsPromiseAndSaysWhereTheWholeOfItIs() {
        var output = CheckOutput.of(report("x".repeat(70_000), 0).promising(TASKS).readAt("https://example.com/t"));

        assertThat(output.summary()).hasSizeLessThanOrEqualTo(65_535)
                .contains("cut here", "All of it: https://example.com/t");
        assertThat(CheckMarks.promiseIn(output.summary())).contains(TASKS);
    }

    @Test
    void aPromiseThatDoesNotFitIsCutBetweenTwoTasksAndSaysSo() {
        var tasks = IntStream.range(0, 5_000)
                .mapToObj(n -> new Slug("task-%04d-%s".formatted(n, "x".repeat(90))))
                .toList();
        var summary = CheckOutput.of(report("ä".repeat(70_000), 2).promising(tasks)).summary();

        assertThat(summary.getBytes(UTF_8).length).isLessThanOrEqualTo(65_535);
        assertThat(CheckMarks.promiseIn(summary)).hasValueSatisfying(promised -> assertThat(promised)
                .hasSizeBetween(300, 330)
                .isEqualTo(tasks.subList(0, promised.size())));
        assertThat(summary).contains("cut here", "of its 5000 tasks have room here");
    }

    @Test
    void aPromiseOfVeryManyIsRead() {
        var tasks = IntStream.range(0, 6_000).mapToObj(n -> new Slug(Integer.toString(n, 36))).toList();

        assertThat(CheckMarks.promiseIn(CheckOutput.of(report("s", 0).promising(tasks)).summary())).contains(tasks);
    }

    @Test
    void aPromiseOfNothingIsOneAndNoPromiseIsNone() {
        assertThat(CheckMarks.promiseIn(CheckOutput.of(report("s", 0).promising(List.of())).summary()))
                .contains(List.of());
        assertThat(CheckMarks.promiseIn(CheckOutput.of(report("s", 2)).summary())).isEmpty();
    }

    @Test
    void aPromiseThatDoesNotStandLastIsNone() {
        assertThat(CheckMarks.promiseIn("s" + CheckMarks.promise(TASKS) + "`")).isEmpty();
    }

    @Test
    void howManyAnnotationsAreLeftOutIsSaid() {
        assertThat(CheckOutput.of(report("s", 512)).summary())
                .contains("12 more findings are not shown as annotations.");
        assertThat(CheckOutput.of(report("s", 500)).summary()).doesNotContain("more findings");
    }
}
