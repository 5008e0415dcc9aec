package dev.reeve.store;

import dev.reeve.durable.AtomicFile;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskPath;
import dev.reeve.model.TasksRoot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Where the task of a slug was when the tree was last walked: {@code .tasks/task_manager/tasks.index}, derived and
 * disposable. It only suggests where to look; whoever asks looks there.
 *
 * <p><b>Threading:</b> for any number of threads and processes; the last walk's result stays.
 */
final class TaskIndex {

    private static final String NAME = "tasks.index";
    private static final int LARGEST = 1 << 30;

    private final StateFolder state;
    private final String header;

    TaskIndex(StateFolder state, TasksRoot tasks) {
        this.state = state;
        this.header = "reeve tasks index 1\t" + tasks;
    }

    /** Paths where the slug's task may be; none when the index is missing, of another root, or damaged. */
    List<TaskPath> suggestions(Slug slug) throws IOException {
        var folder = state.existing();
        if (folder.isEmpty()) {
            return List.of();
        }
        try (var lines = new SortedLines(folder.get().resolve(NAME))) {
            if (!lines.first().equals(header)) {
                return List.of();
            }
            return lines.values(slug.value()).stream().flatMap(value -> TaskPath.parse(value).stream()).toList();
        } catch (IOException e) {
            // No index, or one that isn't as we write it: the walk that follows makes a new one.
            return List.of();
        }
    }

    /** Keeps what a walk found. */
    void keep(Collection<TaskPath> paths) throws IOException {
        var bytes = text(paths).getBytes(StandardCharsets.UTF_8);
        try (var locked = state.lock()) {
            var file = locked.folder().resolve(NAME);
            if (!(FileContent.read(file, LARGEST) instanceof FileContent.Bytes old)
                    || !Arrays.equals(old.bytes(), bytes)) {
                AtomicFile.replace(locked.held(), file, bytes);
            }
        }
    }

    private String text(Collection<TaskPath> paths) {
        record Line(String key, String path) {}
        var lines = new ArrayList<Line>();
        paths.forEach(path -> path.slug().ifPresent(slug -> lines.add(new Line(slug.value(), path.value()))));
        lines.sort(Comparator.comparing(Line::key).thenComparing(Line::path));
        var text = new StringBuilder(header).append('\n');
        lines.forEach(line -> text.append(line.key).append('\t').append(line.path).append('\n'));
        return text.toString();
    }
}
