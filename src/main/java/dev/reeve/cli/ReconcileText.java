package dev.reeve.cli;

import dev.reeve.model.Severity;
import dev.reeve.model.Signal;
import dev.reeve.model.TaskPath;
import dev.reeve.model.Text;
import dev.reeve.reconcile.ReconcileReport;
import dev.reeve.reconcile.ReconcileReport.Mode;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A reconcile report for people: a line a change, then what needs a look, then a summary. Its columns are aligned. */
final class ReconcileText {

    private static final int LONGEST = 500;
    private static final int MOST_NAMED = 5;

    private final PrintWriter out;
    private final Paint paint;
    private final List<Line> lines = new ArrayList<>();

    private record Line(UnaryOperator<String> colour, String word, String subject, String text) {}

    ReconcileText(PrintWriter out, Paint paint) {
        this.out = out;
        this.paint = paint;
    }

    void print(ReconcileReport report) {
        report.changes().forEach(change -> line(paint::good, change.verb(), change.slug(), change.detail()));
        report.notes()
                .forEach(note -> line(paint::faint, note.kind().name().toLowerCase(Locale.ROOT), note.slug(),
                        note.reason()));
        report.signals().forEach(this::signal);
        report.failures()
                .forEach(failure -> line(paint::bad, "failed",
                        failure.slug() == null ? "-" : failure.slug(),
                        (failure.slug() == null ? failure.step() + ": " : "") + failure.message()));
        int words = lines.stream().mapToInt(line -> line.word().length()).max().orElse(0);
        int subjects = lines.stream().mapToInt(line -> line.subject().length()).max().orElse(0);
        var text = new StringBuilder();
        lines.forEach(line -> text.append(line.colour().apply(line.word()))
                .append(" ".repeat(words - line.word().length() + 2))
                .append(line.subject())
                .append(" ".repeat(subjects - line.subject().length() + 2))
                .append(line.text())
                .append(System.lineSeparator()));
        // At once, so that the lines of an agent, which reconciles while it beats, don't get mixed up.
        out.println(text + summary(report));
    }

    private void signal(Signal signal) {
        var subject = signal.slug() != null ? signal.slug() : signal.place() != null ? signal.place() : "-";
        boolean placed = signal.slug() != null && signal.place() != null;
        line(signal.severity() == Severity.ATTENTION ? paint::warning : paint::faint, signal.kind().id(), subject,
                (placed ? signal.place() + ": " : "") + signal.message());
    }

    private void line(UnaryOperator<String> colour, String word, Object subject, String text) {
        lines.add(new Line(colour, word, Text.plain(subject.toString(), LONGEST), Text.plain(text, LONGEST)));
    }

    /** The changes in one line, the first few by name; nothing where there are none. */
    static Optional<String> inOneLine(ReconcileReport report) {
        var changes = report.changes();
        var named = changes.stream()
                .limit(MOST_NAMED)
                .map(change -> change.verb() + " " + change.slug())
                .collect(Collectors.joining(", "));
        var more = changes.size() > MOST_NAMED ? " and " + (changes.size() - MOST_NAMED) + " more" : "";
        return Optional.of(named + more + toCommit(report)).filter(_ -> !changes.isEmpty());
    }

    private static String toCommit(ReconcileReport report) {
        var files = report.changes()
                .stream()
                .map(ReconcileReport.Change::file)
                .filter(Objects::nonNull)
                .map(TaskPath::toString)
                .collect(Collectors.joining(" "));
        return files.isEmpty() ? "" : "; yours to commit: " + files;
    }

    private static String summary(ReconcileReport report) {
        return counted(report.examined(), "task") + " looked at: " + made(report)
                + (report.failures().isEmpty() ? "" : ", " + counted(report.failures().size(), "step") + " failed")
                + toCommit(report);
    }

    private static String made(ReconcileReport report) {
        int changes = report.changes().size();
        var done = report.mode() == Mode.DRY_RUN ? " would be made" : " made";
        return changes == 0 ? "nothing to do" : counted(changes, "change") + done;
    }

    private static String counted(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
