package dev.reeve.cli;

import dev.reeve.agent.Beat;
import dev.reeve.app.LocalAgent;
import dev.reeve.model.Bucket;
import dev.reeve.model.Incident;
import dev.reeve.model.Signal;
import dev.reeve.model.Slug;
import dev.reeve.model.SnapshotHead;
import dev.reeve.model.Text;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a running agent prints: the whole queue once, then a line a beat, and one for each incident that came, changed its lead, or went.
 *
 * <p><b>Threading:</b> the thread that beats.
 */
final class BeatLog {

    private static final int LONGEST = 500;

    private final Console console;
    private final List<String> lines = new ArrayList<>();
    private Map<Slug, Incident> before = Map.of();
    private List<Signal> generalBefore = List.of();
    private long beats;

    BeatLog(Console console) {
        this.console = console;
    }

    void print(LocalAgent.Cycle.Seen seen) {
        var head = seen.head();
        var now = new LinkedHashMap<Slug, Incident>();
        head.incidents().forEach(incident -> now.put(incident.slug(), incident));
        if (beats++ == 0) {
            new StatusText(console, head.generatedAt()).print(StatusView.of(seen));
        } else {
            changes(head, now);
            general(seen);
        }
        pruned(seen.beat()).forEach(lines::add);
        if (!lines.isEmpty()) {
            // At once, so that what is reconciled meanwhile doesn't get between.
            console.out().println(String.join(System.lineSeparator(), lines));
        }
        console.out().flush();
        lines.clear();
        before = now;
        generalBefore = head.signals();
    }

    private void changes(SnapshotHead head, Map<Slug, Incident> now) {
        lines.add(line(head));
        now.values().stream().filter(this::isNew).forEach(this::raised);
        before.keySet().stream().filter(slug -> !now.containsKey(slug)).forEach(this::cleared);
    }

    /** What is about no single task: in a snapshot as long as it lasts, here when it comes. */
    private void general(LocalAgent.Cycle.Seen seen) {
        Stream.concat(seen.signals().stream(),
                seen.head().signals().stream().filter(signal -> generalBefore.stream().noneMatch(alike(signal))))
                .forEach(signal -> raised("", signal));
    }

    private static Predicate<Signal> alike(Signal one) {
        return other -> one.kind() == other.kind() && Objects.equals(one.place(), other.place());
    }

    /** A line for each register entry that a beat took out. */
    static List<String> pruned(Beat beat) {
        return beat.pruned()
                .entrySet()
                .stream()
                .map(entry -> "  pruned from the register: " + entry.getKey() + ", " + plain(entry.getValue()))
                .toList();
    }

    private boolean isNew(Incident incident) {
        var old = before.get(incident.slug());
        return old == null || old.lead().kind() != incident.lead().kind();
    }

    private static String line(SnapshotHead head) {
        return head.generatedAt().truncatedTo(ChronoUnit.SECONDS) + "  cycle " + head.cycle() + ": "
                + count(head, Bucket.NEEDS_ATTENTION) + " need attention, " + count(head, Bucket.ACTIVE) + " active, "
                + count(head, Bucket.WAITING) + " waiting, " + count(head, Bucket.READY) + " ready  ("
                + head.took().toMillis() + " ms)";
    }

    private static int count(SnapshotHead head, Bucket bucket) {
        return head.counts().getOrDefault(bucket, 0);
    }

    private void raised(Incident incident) {
        raised(incident.slug() + "  ", incident.lead());
    }

    private void raised(String subject, Signal signal) {
        var paint = console.paint();
        var kind = signal.kind().id();
        var shown = switch (signal.severity()) {
            case ATTENTION -> paint.warning(kind);
            case INFO -> paint.faint(kind);
        };
        var place = signal.place() == null ? "" : plain(signal.place().toString()) + ": ";
        lines.add("  " + subject + shown + "  " + place + plain(signal.message()));
    }

    private void cleared(Slug slug) {
        lines.add("  " + slug + "  " + console.paint().good("cleared"));
    }

    private static String plain(String text) {
        return Text.plain(text, LONGEST);
    }
}
