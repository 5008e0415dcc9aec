package dev.reeve.git;

import dev.reeve.model.TaskPath;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A commit to be made: which files get which content, on top of what its parent holds.
 *
 * @param message without trailers; line breaks are kept
 * @param trailers its last paragraph, so that nothing in the message can pass for one
 * @param at its author's and committer's time, to the second
 */
public record CommitSpec(String message, List<Trailer> trailers, Identity author, Identity committer, Instant at,
        List<Change> changes) {

    /** @throws IllegalArgumentException when it changes nothing or names a path twice */
    public CommitSpec {
        trailers = List.copyOf(trailers);
        changes = List.copyOf(changes);
        if (changes.isEmpty() || changes.stream().map(Change::path).distinct().count() < changes.size()) {
            throw new IllegalArgumentException("a commit changes at least one file, and each once");
        }
    }

    /** The message as git stores it, trailers and all. */
    public String fullMessage() {
        var text = message.replace("\0", "").strip() + "\n";
        return trailers.isEmpty()
                ? text
                : text + trailers.stream().map(Trailer::toString).collect(Collectors.joining("\n", "\n", "\n"));
    }

    /** A file that is written: made, or its content and mode replaced. */
    public static final class Change {
        private final TaskPath path;
        private final FileMode mode;
        private final byte[] content;

        /** @param mode the one that was read, so that it is kept */
        public Change(TaskPath path, FileMode mode, byte[] content) {
            this.path = path;
            this.mode = mode;
            this.content = content.clone();
        }

        /** Where the file is. */
        public TaskPath path() {
            return path;
        }

        /** Its mode. */
        public FileMode mode() {
            return mode;
        }

        /** A copy of its content. */
        public byte[] bytes() {
            return content.clone();
        }

        /** Not copied: it stays in this package, which only writes it out. */
        byte[] content() {
            return content;
        }
    }
}
