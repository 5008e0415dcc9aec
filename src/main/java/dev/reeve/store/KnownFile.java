package dev.reeve.store;

import dev.reeve.model.CatalogEntry;
import dev.reeve.model.TaskPath;

import java.util.Optional;

/**
 * What a file was when it was last read.
 *
 * @param entry nothing when the file has no frontmatter
 */
record KnownFile(TaskPath path, FileStamp stamp, Trust trust, Optional<CatalogEntry> entry) {

    /** Whether an equal stamp proves that the file is still what was read. */
    enum Trust {
        /** It does. */
        SETTLED,
        /** It doesn't: the file had just changed, changed while it was read, or could not be read. It is read again. */
        NONE
    }

    boolean isSettled() {
        return switch (trust) {
            case SETTLED -> true;
            case NONE -> false;
        };
    }

    boolean stillHolds(FileStamp now) {
        return isSettled() && stamp.equals(now);
    }
}
