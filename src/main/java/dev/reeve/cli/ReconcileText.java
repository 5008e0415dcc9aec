package dev.reeve.cli;

import dev.reeve.model.Severity;
import dev.reeve.model.Signal;
import dev.reeve.model.Text;
import dev.reeve.reconcile.ReconcileReport;
import dev.reeve.reconcile.ReconcileReport.Mode;

import java.io.PrintWriter;

/** A reconcile report for people: a line a change, then what needs a look, then a summary. */
final class ReconcileText {

    private static final int LONGEST = 500;

    private final PrintWriter out;
    private final Paint paint;

    ReconcileText(PrintWriter out, Paint paint) {
        this.out = out;
        this.paint = paint;
    }

    void print(ReconcileReport report) {
        report.changes()
                .forEach(change -> line(paint.good(padded(change.verb())), change.slug().value(), change.detail()));
        report.notes().forEach(note -> line(paint.faint(padded(switch (note.kind()) {
            case SKIPPED -> "skipped";
            case DEFERRED -> "deferred";
        })), note.slug().value(), note.reason()));
        report.signals().forEach(this::print);
        report.failures()
                .forEach(failure -> line(paint.bad(padded("failed")),
                        failure.slug() == null ? failure.step() : failure.slug().value(),
                        failure.message()));
        out.println(summary(report));
    }

    private void print(Signal signal) {
        var kind = padded(signal.kind().id());
        var subject = signal.slug() != null ? signal.slug().value()
                : signal.place() != null ? signal.place().toString() : "";
        line(signal.severity() == Severity.ATTENTION ? paint.warning(kind) : paint.faint(kind), subject,
                signal.message());
    }

    private void line(String word, String subject, String text) {
        out.println(word + "  " + subject + (subject.isEmpty() ? "" : "  ") + Text.plain(text, LONGEST));
    }

    private static String padded(String word) {
        return word + " ".repeat(Math.max(0, 9 - word.length()));
    }

    private static String summary(ReconcileReport report) {
        var looked = report.examined() == 1 ? "1 task looked at" : report.examined() + " tasks looked at";
        int changes = report.changes().size();
        var done = report.mode() == Mode.DRY_RUN ? "would be made" : "made";
        var made = changes == 0 ? "nothing to do" : (changes == 1 ? "1 change " : changes + " changes ") + done;
        return looked + ": " + made + (report.failures().isEmpty() ? "" : ", " + report.failures().size() + " failed");
    }
}
