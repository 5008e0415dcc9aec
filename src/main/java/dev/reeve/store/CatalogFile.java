package dev.reeve.store;

import dev.reeve.durable.AtomicFile;
import dev.reeve.model.TaskPath;
import dev.reeve.model.TasksRoot;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/**
 * What is known of each file below a tasks root: {@code .tasks/task_manager/tasks.catalog}, derived and disposable. A first line says whose it is, a line for each file follows
 * (see {@link CatalogLine}), the last one has their sum. Whatever isn't so is as good as no file.
 *
 * <p><b>Threading:</b> for any number of threads and processes; what was written last stays.
 */
final class CatalogFile {

    private static final String NAME = "tasks.catalog";
    /** Some 350,000 tasks: beyond that all are read each time, which beats running out of memory over a file that somebody made up. */
    private static final int LARGEST = 64 << 20;
    private static final String SUM = "sum\t";

    private final StateFolder state;
    private final byte[] header;

    CatalogFile(StateFolder state, TasksRoot tasks, String edition) {
        this.state = state;
        var line = new StringBuilder("reeve tasks catalog 1");
        TabbedLines.append(line, edition);
        TabbedLines.append(line, tasks.toString());
        this.header = bytes(line.append('\n').toString());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What is known; nothing when there is no such file, or it is of another version or root, or damaged. */
    Map<TaskPath, KnownFile> read(Shared shared) {
        try {
            var folder = state.existing();
            return folder.isPresent()
                    && FileContent.read(folder.get().resolve(NAME), LARGEST) instanceof FileContent.Bytes content
                            ? parsed(content.bytes(), shared)
                            : Map.of();
        } catch (IOException | IllegalArgumentException | ArithmeticException e) {
            // It only saves time, and is made anew.
            return Map.of();
        }
    }

    private Map<TaskPath, KnownFile> parsed(byte[] bytes, Shared shared) {
        int end = startsWithHeader(bytes) ? end(bytes) : -1;
        if (end < header.length) {
            return Map.of();
        }
        var known = new HashMap<TaskPath, KnownFile>();
        var lines = new TabbedLines(bytes, end);
        lines.advance();
        while (lines.advance()) {
            var file = CatalogLine.read(lines, shared);
            known.put(file.path(), file);
        }
        return known;
    }

    private boolean startsWithHeader(byte[] bytes) {
        return bytes.length >= header.length && Arrays.equals(bytes, 0, header.length, header, 0, header.length);
    }

    /** Where the last line begins, if it is the sum of all before it, or -1. */
    private static int end(byte[] bytes) {
        int at = bytes.length - 2;
        while (at >= 0 && bytes[at] != '\n') {
            at--;
        }
        var sum = new CRC32();
        sum.update(bytes, 0, at + 1);
        var last = new String(bytes, at + 1, bytes.length - at - 1, StandardCharsets.UTF_8);
        return last.equals(SUM + sum.getValue() + "\n") ? at + 1 : -1;
    }

    /** Remembers what will still hold. */
    void write(Collection<KnownFile> known) throws IOException {
        try (var locked = state.lock()) {
            Path file = locked.folder().resolve(NAME);
            AtomicFile.replace(locked.held(), file, out -> write(known, out));
        }
    }

    private void write(Collection<KnownFile> known, OutputStream out) throws IOException {
        var summed = new CheckedOutputStream(out, new CRC32());
        summed.write(header);
        var line = new StringBuilder();
        for (var file : known) {
            if (file.isSettled()) {
                line.setLength(0);
                CatalogLine.append(line, file);
                summed.write(bytes(line.append('\n').toString()));
            }
        }
        out.write(bytes(SUM + summed.getChecksum().getValue() + "\n"));
    }
}
