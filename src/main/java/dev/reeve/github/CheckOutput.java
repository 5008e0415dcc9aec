package dev.reeve.github;

import dev.reeve.model.CheckReport;
import dev.reeve.model.CheckReport.Annotation;
import dev.reeve.model.CheckReport.Button;
import dev.reeve.model.Redaction;
import dev.reeve.model.Slug;
import org.kohsuke.github.GHCheckRun.Conclusion;

import java.util.List;

/** A report as GitHub can take it: within the limits, and marked so that its annotations can be recognised. */
record CheckOutput(Conclusion conclusion, String title, String summary, String text, List<Annotation> annotations,
        List<Button> buttons) {

    static CheckOutput of(CheckReport report) {
        var annotations = report.annotations()
                .stream()
                .limit(CheckLimits.MOST_ANNOTATIONS)
                .map(annotation -> fit(annotation, report.whole()))
                .toList();
        var end = notShown(report.annotations().size() - annotations.size(), report.whole())
                + report.promise().map(CheckOutput::promise).orElse("") + CheckMarks.annotations(annotations);
        return new CheckOutput(Conclusion.valueOf(report.conclusion().name()),
                CheckLimits.line(Redaction.of(report.title()), CheckLimits.TITLE),
                CheckLimits.fit(plain(report.summary()), CheckLimits.TEXT - CheckLimits.bytes(end), report.whole())
                        + end,
                CheckLimits.fit(plain(report.text()), CheckLimits.TEXT, report.whole()), annotations,
                report.actions().stream().limit(CheckLimits.MOST_BUTTONS).toList());
    }

    private static String notShown(int annotations, String whole) {
        return annotations <= 0 ? ""
                : "\n\n%d more findings are not shown as annotations%s".formatted(annotations,
                        whole.isEmpty() ? "." : ": " + whole);
    }

    /** A promise that is too long is not cut anywhere but between two tasks, and says which part of it was made. */
    private static String promise(List<Slug> tasks) {
        var promised = CheckMarks.fitting(tasks, CheckLimits.PROMISE);
        var rest = promised.size() == tasks.size() ? ""
                : ("\n\nOnly the first %d of its %d tasks have room here, and count as named before the merge: what merging "
                        + "does to the others takes somebody who may write, by *Reconcile now*.")
                        .formatted(promised.size(), tasks.size());
        return rest + CheckMarks.promise(promised);
    }

    /** Without secrets, and with what GitHub may normalise normalised already, so that what it shows later compares as equal. */
    private static String plain(String text) {
        return Redaction.of(text).replace("\r\n", "\n").strip();
    }

    private static Annotation fit(Annotation annotation, String whole) {
        return new Annotation(annotation.path(), Math.max(1, annotation.line()), annotation.level(),
                CheckLimits.line(Redaction.of(annotation.title()), CheckLimits.TITLE),
                CheckLimits.fit(Redaction.of(annotation.message()), CheckLimits.MESSAGE, whole));
    }
}
