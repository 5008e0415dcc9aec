package dev.reeve.taskfile;

import dev.reeve.model.Fault;

/** What became of an edit. */
public sealed interface Edit {

    /** The file's new bytes, proven by reading them again. */
    final class Edited implements Edit {

        private final byte[] content;

        Edited(byte[] content) {
            this.content = content;
        }

        /** The bytes; a copy that the caller may keep and change. */
        public byte[] content() {
            return content.clone();
        }
    }

    /** The file already says all of it: nothing is to be written. */
    record Unchanged() implements Edit {}

    /** The file can't be edited without loss; the fault says where, why and what a person can do. */
    record Refused(Fault fault) implements Edit {}
}
