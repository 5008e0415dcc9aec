package dev.reeve.store;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.reeve.model.SnapshotTask;
import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The tasks of a snapshot, one after the other, so that a long one is never in memory as a whole.
 *
 * <p><b>Threading:</b> one thread.
 */
final class SnapshotRows implements Closeable {

    private final JsonParser parser;

    private SnapshotRows(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * Goes to the first task.
     *
     * @param in is closed with this
     * @throws IOException also when it is damaged before them
     */
    static SnapshotRows of(InputStream in) throws IOException {
        var parser = JsonText.parser(in);
        parser.nextToken();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean isTasks = parser.currentName().equals("tasks");
            if (parser.nextToken() == JsonToken.START_ARRAY && isTasks) {
                break;
            }
            parser.skipChildren();
        }
        return new SnapshotRows(parser);
    }

    /** The next task that is wanted; nothing when there is none any more, or the rest is damaged. What is no task is passed over. */
    Optional<SnapshotTask> next(Predicate<SnapshotTask> wanted) throws IOException {
        try {
            for (var token = parser.nextToken(); isInside(token); token = parser.nextToken()) {
                var task = JsonText.next(parser) instanceof Json.Obj row
                        ? SnapshotRowReader.task(row)
                        : Optional.<SnapshotTask>empty();
                if (task.filter(wanted).isPresent()) {
                    return task;
                }
            }
            return Optional.empty();
        } catch (JacksonException | JsonText.NotJson e) {
            return Optional.empty();
        }
    }

    private static boolean isInside(@Nullable JsonToken token) {
        return token != null && token != JsonToken.END_ARRAY;
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
