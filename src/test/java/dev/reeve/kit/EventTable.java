package dev.reeve.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table of events in {@code docs/webhooks.md}: what people have written of them, and in its last column how many requests they cost. A row is known by its
 * first cell, or where that goes on with {@code …}, by the row that it goes on from as well.
 */
public final class EventTable {

    private static final GeneratedPart PART = new GeneratedPart(Path.of("docs/webhooks.md"), "events");
    private static final int HEAD = 2;
    private static final int COST = 3;

    private final List<List<String>> rows;

    private EventTable(List<List<String>> rows) {
        this.rows = rows;
    }

    public static EventTable inTheDocumentation() {
        try {
            return new EventTable(
                    PART.text().lines().skip(HEAD).map(line -> List.of(line.strip().split(" ?\\| ?", -1))).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(List<String> row) {
        return row.get(1);
    }

    /** That the row says this number; true of itself while the table is being written. */
    public void says(String name, long requests) {
        if (!GeneratedPart.isWritten()) {
            assertThat(rows.stream().filter(row -> name(row).equals(name)).map(row -> row.get(COST)).toList())
                    .as("requests of %s; -Dreeve.docs=write writes the column anew", name)
                    .containsExactly(String.valueOf(requests));
        }
    }

    /** Writes these numbers into the table, where that is asked for; rows that were not measured stay. */
    public void write(Map<String, Long> requests) throws IOException {
        if (GeneratedPart.isWritten()) {
            var lines = PART.text().lines().limit(HEAD).collect(Collectors.joining("\n"));
            PART.is(lines + "\n" + rows.stream().map(row -> line(row, requests)).collect(Collectors.joining("\n")));
        }
    }

    private static String line(List<String> row, Map<String, Long> requests) {
        var cost = requests.containsKey(name(row)) ? String.valueOf(requests.get(name(row))) : row.get(COST);
        return "| " + name(row) + " | " + row.get(2) + " | " + cost + " |";
    }

    /** What the rows are about. */
    public List<String> names() {
        return rows.stream().map(EventTable::name).toList();
    }
}
