package dev.reeve.cli;

import dev.reeve.cli.Table.Cell;
import dev.reeve.decide.Durations;
import dev.reeve.model.Bucket;
import dev.reeve.model.Incident;
import dev.reeve.model.Severity;
import dev.reeve.model.Signal;
import dev.reeve.model.SnapshotHead;
import dev.reeve.model.Text;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A queue for people, to be read in five seconds: whose it is and how old, how many of what, what needs a person, what is going on. */
final class StatusText {

    private static final int LONGEST = 200;

    private final PrintWriter out;
    private final Paint paint;
    private final Instant now;

    StatusText(Console console, Instant now) {
        this.out = console.out();
        this.paint = console.paint();
        this.now = now;
    }

    void print(StatusView view) {
        var head = view.head();
        head(view);
        out.println(counts(head));
        attention(head.incidents());
        StatusView.LISTED.forEach(bucket -> bucket(bucket, view));
        general(view.signals());
    }

    private void head(StatusView view) {
        var head = view.head();
        var age = Duration.between(head.generatedAt(), now);
        out.println(paint.strong(head.owner() + " on " + Text.plain(head.host(), LONGEST)) + ", " + ago(age)
                + paint.faint("  cycle " + head.cycle() + ", took " + head.took().toMillis() + " ms"));
        if (view.isLate(now)) {
            out.println(paint.warning("This is old: a heartbeat is due every " + Durations.inWords(head.interval())
                    + ". Start the agent: reeve run"));
        }
        if (head.pausedUntil() != null && head.pausedUntil().isAfter(now)) {
            out.println(paint.warning("Nothing is dispatched until " + head.pausedUntil() + ": a usage limit"));
        }
    }

    /** A clock that was set back makes a snapshot of the future. */
    private static String ago(Duration age) {
        return age.isNegative() ? "by a clock that is " + Durations.inWords(age.negated()) + " ahead"
                : Durations.inWords(age) + " ago";
    }

    private String counts(SnapshotHead head) {
        return head.counts()
                .entrySet()
                .stream()
                .map(entry -> counted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private String counted(Bucket bucket, int number) {
        var text = number + " " + words(bucket);
        return bucket == Bucket.NEEDS_ATTENTION && number > 0 ? paint.warning(text) : text;
    }

    private static String words(Bucket bucket) {
        return bucket.id().replace('_', ' ');
    }

    private void attention(List<Incident> incidents) {
        var urgent = incidents.stream().filter(incident -> incident.severity() == Severity.ATTENTION).toList();
        if (urgent.isEmpty()) {
            return;
        }
        title("needs attention", urgent.size());
        var table = new Table("  ");
        urgent.stream()
                .limit(StatusView.SHOWN)
                .forEach(incident -> table.row(Cell.of(incident.slug()),
                        new Cell(incident.lead().kind().id() + more(incident), paint::warning),
                        Cell.of(placed(incident.lead()))));
        table.print(out);
        left(urgent.size());
    }

    private static String more(Incident incident) {
        return incident.signals().size() == 1 ? "" : " +" + (incident.signals().size() - 1);
    }

    private static String placed(Signal signal) {
        return (signal.place() == null ? "" : signal.place() + ": ") + signal.message();
    }

    private void bucket(Bucket bucket, StatusView view) {
        var shown = view.rows().stream().filter(row -> row.bucket() == bucket).toList();
        if (!shown.isEmpty()) {
            int all = view.head().counts().getOrDefault(bucket, shown.size());
            title(words(bucket), all);
            var table = new Table("  ");
            shown.forEach(row -> table.row(Cell.of(row.slug()),
                    Cell.of(row.priority() == null ? "-" : row.priority().id()), Cell.of(row.reason())));
            table.print(out);
            left(all);
        }
    }

    private void general(List<Signal> signals) {
        if (!signals.isEmpty()) {
            title("also", signals.size());
            var table = new Table("  ");
            signals.stream()
                    .limit(StatusView.SHOWN)
                    .forEach(signal -> table.row(new Cell(signal.kind().id(), colour(signal)),
                            Cell.of(placed(signal))));
            table.print(out);
            left(signals.size());
        }
    }

    private UnaryOperator<String> colour(Signal signal) {
        return switch (signal.severity()) {
            case ATTENTION -> paint::warning;
            case INFO -> paint::faint;
        };
    }

    private void title(String text, int number) {
        out.println();
        out.println(paint.strong(text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1)) + " " + number);
    }

    private void left(int all) {
        if (all > StatusView.SHOWN) {
            out.println(paint.faint("  and " + (all - StatusView.SHOWN) + " more"));
        }
    }
}
