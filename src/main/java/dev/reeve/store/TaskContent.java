package dev.reeve.store;

import dev.reeve.model.Fault;

/** What is found where a task file is expected. */
public sealed interface TaskContent {

    /** There is no such file. */
    record Absent() implements TaskContent {}

    /** There is something that is not read: a link, a folder, a file too large, a file of a submodule. */
    record Refused(Fault fault) implements TaskContent {}

    /** The file's content. */
    final class Present implements TaskContent {
        private final byte[] bytes;

        Present(byte[] bytes) {
            this.bytes = bytes;
        }

        /** All of it; the array is the caller's. */
        public byte[] bytes() {
            return bytes;
        }
    }
}
