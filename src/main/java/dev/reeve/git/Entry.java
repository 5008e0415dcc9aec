package dev.reeve.git;

import dev.reeve.model.Sha;
import dev.reeve.model.TaskPath;

/** What stands at a path in a commit. */
public sealed interface Entry {

    /** The longest file that is read, in bytes. */
    int LONGEST_FILE = 1024 * 1024;

    /** A regular file, read. */
    final class RegularFile implements Entry {
        private final TaskPath path;
        private final FileMode mode;
        private final Sha blob;
        private final byte[] content;

        RegularFile(TaskPath path, FileMode mode, Sha blob, byte[] content) {
            this.path = path;
            this.mode = mode;
            this.blob = blob;
            this.content = content;
        }

        @Override
        public TaskPath path() {
            return path;
        }

        /** Its mode, to be kept when it is written again. */
        public FileMode mode() {
            return mode;
        }

        /** The name of its content. */
        public Sha blob() {
            return blob;
        }

        /** A copy of its bytes. */
        public byte[] content() {
            return content.clone();
        }
    }

    /** A regular file of more than {@link #LONGEST_FILE} bytes, which was not read. */
    record TooLarge(TaskPath path, long bytes) implements Entry {}

    /** Something that is no regular file, and is never followed. */
    record NotAFile(TaskPath path, Kind kind) implements Entry {}

    /** Nothing, or something beneath what is no folder. */
    record Absent(TaskPath path) implements Entry {}

    /** What a path may be besides a regular file. */
    enum Kind {
        SYMBOLIC_LINK, SUBMODULE, FOLDER
    }

    /** The path that was asked for. */
    TaskPath path();
}
