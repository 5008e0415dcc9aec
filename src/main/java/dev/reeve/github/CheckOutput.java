package dev.reeve.github;

import dev.reeve.model.CheckReport;
import dev.reeve.model.CheckReport.Annotation;
import dev.reeve.model.CheckReport.Button;
import dev.reeve.model.Redaction;
import org.kohsuke.github.GHCheckRun.Conclusion;

import java.util.List;

/** A report as GitHub can take it: within the limits, and marked so that its annotations can be recognised. */
record CheckOutput(Conclusion conclusion, String title, String summary, String text, List<Annotation> annotations,
        List<Button> buttons) {

    static CheckOutput of(CheckReport report) {
        var annotations = report.annotations()
                .stream()
                .limit(CheckLimits.MOST_ANNOTATIONS)
                .map(CheckOutput::fit)
                .toList();
        var end = notShown(report.annotations().size() - annotations.size())
                + report.promise().map(CheckMarks::promise).orElse("") + CheckMarks.annotations(annotations);
        return new CheckOutput(Conclusion.valueOf(report.conclusion().name()),
                CheckLimits.line(Redaction.of(report.title()), CheckLimits.TITLE),
                CheckLimits.fit(plain(report.summary()), CheckLimits.TEXT - end.length(), report.whole()) + end,
                CheckLimits.fit(plain(report.text()), CheckLimits.TEXT, report.whole()), annotations,
                report.actions().stream().limit(CheckLimits.MOST_BUTTONS).toList());
    }

    private static String notShown(int annotations) {
        return annotations <= 0 ? ""
                : "\n\n%d more findings are not shown as annotations.".formatted(annotations);
    }

    /** Without secrets, and with what GitHub may normalise normalised already, so that what it shows later compares as equal. */
    private static String plain(String text) {
        return Redaction.of(text).replace("\r\n", "\n").strip();
    }

    private static Annotation fit(Annotation annotation) {
        return new Annotation(annotation.path(), Math.max(1, annotation.line()), annotation.level(),
                CheckLimits.line(Redaction.of(annotation.title()), CheckLimits.TITLE),
                CheckLimits.fit(Redaction.of(annotation.message()), CheckLimits.MESSAGE, ""));
    }
}
