package dev.reeve.store;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.reeve.model.Judgement;
import dev.reeve.model.Slug;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The rows of the last snapshot. From one to the next most tasks are judged as before, and to compare two judgements takes a twentieth of the time of making a row. Rows are kept as long as
 * there is room: those of tasks beyond are made each time, so that memory doesn't grow with their number.
 *
 * <p><b>Threading:</b> one thread at a time.
 */
final class KeptRows {

    /** The rows of some 35,000 tasks. */
    private static final int ROOM = 16 << 20;

    private Map<Slug, Row> rows = Map.of();

    /** A row, and what it was made of. */
    private static final class Row {

        private final Judgement task;
        private final byte[] bytes;

        Row(Judgement task, byte[] bytes) {
            this.task = task;
            this.bytes = bytes;
        }
    }

    /** The rows of a new snapshot. What it doesn't ask for is forgotten. */
    Making make() throws IOException {
        var making = new Making(rows);
        rows = making.kept;
        return making;
    }

    /** Makes rows, or has them. */
    static final class Making implements Closeable {

        private final Map<Slug, Row> last;
        private final Map<Slug, Row> kept = new HashMap<>();
        private final ByteArrayOutputStream made = new ByteArrayOutputStream();
        private final JsonGenerator json = JsonText.generator(made, RowPrinter.ofOneLine());
        private final SnapshotRow row = new SnapshotRow(json, new SnapshotMembers(json));
        private int room = ROOM;

        private Making(Map<Slug, Row> last) throws IOException {
            this.last = last;
        }

        /** What the snapshot says of a task, in one line. */
        byte[] row(Judgement task) throws IOException {
            var slug = task.facts().slug();
            var before = last.get(slug);
            var now = before != null && Objects.equals(before.task, task) ? before : new Row(task, made(task));
            if (room >= now.bytes.length) {
                room -= now.bytes.length;
                kept.put(slug, now);
            }
            return now.bytes;
        }

        private byte[] made(Judgement task) throws IOException {
            made.reset();
            row.write(task);
            json.flush();
            return made.toByteArray();
        }

        @Override
        public void close() throws IOException {
            json.close();
        }
    }
}
