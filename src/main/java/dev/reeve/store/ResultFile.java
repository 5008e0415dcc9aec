package dev.reeve.store;

import dev.reeve.model.Text;
import dev.reeve.model.WorkerOutcome;
import dev.reeve.model.WorkerResult;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The file in which a worker says how its run went, {@code {"outcome":…,"summary":…,"pr_url":…,"retry_at":…}}. It is a program's word: bounded, and never believed further than it can be read.
 */
public final class ResultFile {

    private static final int LARGEST = 1 << 20;
    private static final int LONGEST_SUMMARY = 4_000;
    private static final int LONGEST_URL = 500;

    private ResultFile() {}

    /** What the file says. */
    public static WorkerResult read(Path file) {
        try {
            return switch (FileContent.read(file, LARGEST)) {
                case FileContent.Absent() -> new WorkerResult.None();
                case FileContent.NotAFile(var what) -> new WorkerResult.Faulty("its result file is " + what);
                case FileContent.TooLarge(int limit) ->
                    new WorkerResult.Faulty("its result file has more than " + limit + " bytes");
                case FileContent.Bytes content -> parsed(content.bytes());
            };
        } catch (IOException e) {
            return new WorkerResult.Faulty("its result file can't be read: " + e.getMessage());
        }
    }

    private static WorkerResult parsed(byte[] bytes) {
        try {
            if (!(JsonText.read(bytes) instanceof Json.Obj object)) {
                return new WorkerResult.Faulty("its result file holds no JSON object");
            }
            var wrong = new ArrayList<String>();
            var fields = new Fields(object, wrong);
            var word = fields.text("outcome");
            var stated = new WorkerResult.Stated(outcome(word), text(fields, "summary", LONGEST_SUMMARY),
                    text(fields, "pr_url", LONGEST_URL), fields.time("retry_at"));
            if (word != null && stated.outcome() == null) {
                wrong.add("the outcome " + Text.quoted(word) + " is none of " + Arrays.stream(WorkerOutcome.values())
                        .map(WorkerOutcome::id)
                        .collect(Collectors.joining(", ")));
            }
            return wrong.isEmpty() ? stated
                    : new WorkerResult.Faulty("in its result file " + String.join("; ", wrong));
        } catch (JsonText.NotJson e) {
            return new WorkerResult.Faulty("its result file is no JSON, line " + e.line() + ": " + e.getMessage());
        }
    }

    private static @Nullable WorkerOutcome outcome(@Nullable String word) {
        return word == null ? null
                : WorkerOutcome.parse(word.strip().toLowerCase(Locale.ROOT).replace('-', '_')).orElse(null);
    }

    private static @Nullable String text(Fields fields, String name, int longest) {
        var text = fields.text(name);
        return text == null || text.isBlank() ? null : cut(text.strip(), longest);
    }

    /** Not in the middle of a character. */
    private static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest);
    }
}
