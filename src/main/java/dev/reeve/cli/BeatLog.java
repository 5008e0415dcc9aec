package dev.reeve.cli;

import dev.reeve.app.LocalAgent;
import dev.reeve.model.Bucket;
import dev.reeve.model.Incident;
import dev.reeve.model.Slug;
import dev.reeve.model.SnapshotHead;
import dev.reeve.model.Text;

import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a running agent prints: the whole queue once, then a line a beat, and one for each incident that came, changed its lead, or went.
 *
 * <p><b>Threading:</b> the thread that beats.
 */
final class BeatLog {

    private static final int LONGEST = 500;

    private final Console console;
    private Map<Slug, Incident> before = Map.of();
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
            console.out().println(line(head));
            now.values().stream().filter(this::isNew).forEach(this::raised);
            before.keySet().stream().filter(slug -> !now.containsKey(slug)).forEach(this::cleared);
        }
        seen.beat()
                .pruned()
                .forEach((slug, why) -> console.out()
                        .println("  pruned from the register: " + slug + ", " + plain(why)));
        console.out().flush();
        before = now;
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
        var paint = console.paint();
        var kind = incident.lead().kind().id();
        var shown = switch (incident.severity()) {
            case ATTENTION -> paint.warning(kind);
            case INFO -> paint.faint(kind);
        };
        console.out().println("  " + incident.slug() + "  " + shown + "  " + plain(incident.lead().message()));
    }

    private void cleared(Slug slug) {
        console.out().println("  " + slug + "  " + console.paint().good("cleared"));
    }

    private static String plain(String text) {
        return Text.plain(text, LONGEST);
    }
}
