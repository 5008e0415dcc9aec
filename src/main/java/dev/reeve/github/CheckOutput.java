package dev.reeve.github;

import dev.reeve.model.CheckReport;
import dev.reeve.model.CheckReport.Annotation;
import dev.reeve.model.Redaction;
import org.kohsuke.github.GHCheckRun.Conclusion;

import java.util.List;

/** A report as GitHub can take it: within the limits, and marked so that its annotations can be recognised. */
record CheckOutput(Conclusion conclusion, String title, String summary, String text, List<Annotation> annotations) {

    static CheckOutput of(CheckReport report) {
        var annotations = report.annotations()
                .stream()
                .limit(CheckLimits.MOST_ANNOTATIONS)
                .map(CheckOutput::fit)
                .toList();
        var mark = annotations.isEmpty() ? ""
                : "\n\n<!-- annotations %08x -->".formatted(annotations.toString().hashCode());
        return new CheckOutput(Conclusion.valueOf(report.conclusion().name()),
                CheckLimits.line(Redaction.of(report.title()), CheckLimits.TITLE),
                CheckLimits.fit(plain(report.summary()), CheckLimits.TEXT - mark.length()) + mark,
                CheckLimits.fit(plain(report.text()), CheckLimits.TEXT), annotations);
    }

    /** Without secrets, and with what GitHub may normalise normalised already, so that what it shows later compares as equal. */
    private static String plain(String text) {
        return Redaction.of(text).replace("\r\n", "\n").strip();
    }

    private static Annotation fit(Annotation annotation) {
        return new Annotation(annotation.path(), Math.max(1, annotation.line()), annotation.level(),
                CheckLimits.line(Redaction.of(annotation.title()), CheckLimits.TITLE),
                CheckLimits.fit(Redaction.of(annotation.message()), CheckLimits.MESSAGE));
    }
}
