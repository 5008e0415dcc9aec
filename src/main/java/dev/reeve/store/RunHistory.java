package dev.reeve.store;

import dev.reeve.durable.AppendedFile;
import dev.reeve.durable.ConfinedFolder;
import dev.reeve.model.FollowUp;
import dev.reeve.model.RunEvent;
import dev.reeve.model.Slug;
import dev.reeve.model.TasksRoot;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code dispatch-<slug>.history.jsonl}: what happened in the runs of a task, a line each, only ever added to. Follow-ups live here: one is pending from its line on until a run that names it has started or it
 * expired.
 *
 * <p><b>Threading:</b> for any number of threads and processes. A line is durable when its method returns; one that a crash cut off is no line, and the next begins a new one.
 */
public final class RunHistory {

    /** A file this long has been written by something else than people and runs; its newest part counts. */
    private static final int LARGEST = 16 << 20;
    private static final Pattern NUMBERED = Pattern.compile("u[0-9]{1,9}");

    private final StateFolder state;
    private final Path logs;

    public RunHistory(StateFolder state, TasksRoot tasks) {
        this.state = state;
        this.logs = Path.of(tasks.path().value(), "logs");
    }

    /** Adds these lines. A crash may leave the first of them and not the others. */
    public void append(Slug slug, RunEvent... events) throws IOException {
        try (var locked = state.lock()) {
            append(locked, slug, List.of(events));
        }
    }

    void append(StateFolder.Locked locked, Slug slug, List<RunEvent> events) throws IOException {
        var folder = ConfinedFolder.made(state.checkout(), logs);
        var bytes = HistoryLines.write(events);
        AppendedFile.append(locked.held(), file(folder, slug), bytes);
    }

    /** What happened, oldest first. Lines that say nothing to this version are left out. */
    public List<RunEvent> read(Slug slug) throws IOException {
        var folder = ConfinedFolder.existing(state.checkout(), logs);
        return folder.isEmpty() ? List.of()
                : switch (FileContent.readTail(file(folder.get(), slug), LARGEST)) {
                    case FileContent.Bytes content -> HistoryLines.read(content.bytes());
                    case FileContent.Absent _,FileContent.NotAFile _,FileContent.TooLarge _ -> List.of();
                };
    }

    /** The follow-ups that wait, in the order in which they came. */
    public List<FollowUp> pending(Slug slug) throws IOException {
        return pending(read(slug));
    }

    /** Likewise, of a history that was read. */
    public static List<FollowUp> pending(List<RunEvent> events) {
        var waiting = new LinkedHashMap<String, FollowUp>();
        var ordered = new LinkedHashMap<String, List<String>>();
        for (var event : events) {
            switch (event.kind()) {
                case UPDATE -> followUp(event).ifPresent(one -> waiting.put(one.id(), one));
                case RUN -> ordered.put(String.valueOf(event.runId()), ids(event));
                case STARTED -> ordered.getOrDefault(String.valueOf(event.runId()), List.of()).forEach(waiting::remove);
                case EXPIRED -> ids(event).forEach(waiting::remove);
                case PROMPT, INTERRUPT, OUTCOME -> {
                }
            }
        }
        return List.copyOf(waiting.values());
    }

    private static Optional<FollowUp> followUp(RunEvent event) {
        return event.detail("id")
                .map(id -> new FollowUp(id, event.at(), event.detail("by").orElse("?"),
                        event.detail("text").orElse("")));
    }

    private static List<String> ids(RunEvent event) {
        return event.detail("updates").map(text -> Arrays.asList(text.split(" ", -1))).orElse(List.of());
    }

    /** Takes in a follow-up; its id is told by the file, so that two at once get two. */
    public FollowUp add(Slug slug, Instant at, String by, String text) throws IOException {
        try (var locked = state.lock()) {
            var update = new FollowUp("u" + (1 + lastNumber(read(slug))), at, by, text);
            append(locked, slug, List.of(event(update)));
            return update;
        }
    }

    private static long lastNumber(List<RunEvent> events) {
        return events.stream()
                .filter(event -> event.kind() == RunEvent.Kind.UPDATE)
                .flatMap(event -> event.detail("id").stream())
                .filter(id -> NUMBERED.matcher(id).matches())
                .mapToLong(id -> Long.parseLong(id.substring(1)))
                .max()
                .orElse(0);
    }

    private static RunEvent event(FollowUp update) {
        var details = new LinkedHashMap<String, String>();
        details.put("id", update.id());
        details.put("by", update.by());
        details.put("text", update.text());
        return new RunEvent(update.at(), RunEvent.Kind.UPDATE, null, details);
    }

    /** Says of follow-ups that nobody will be told them, and why. */
    public void expire(Slug slug, List<FollowUp> updates, Instant at, String reason) throws IOException {
        if (!updates.isEmpty()) {
            append(slug, new RunEvent(at, RunEvent.Kind.EXPIRED, null, Map.of("updates", named(updates), "reason",
                    reason)));
        }
    }

    /** How an event names follow-ups. */
    public static String named(List<FollowUp> updates) {
        var ids = new ArrayList<String>();
        updates.forEach(update -> ids.add(update.id()));
        return String.join(" ", ids);
    }

    private static Path file(Path folder, Slug slug) {
        return folder.resolve("dispatch-" + slug + ".history.jsonl");
    }
}
