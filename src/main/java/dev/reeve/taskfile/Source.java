package dev.reeve.taskfile;

import dev.reeve.model.Fault;
import dev.reeve.model.Place;
import dev.reeve.model.SignalKind;
import dev.reeve.model.TaskPath;

/**
 * The text between the fences. Offsets count its chars; it begins on the file's second line and is empty or ends
 * with a line feed.
 */
record Source(TaskPath path, String text) {

    /** Where the char at the offset is in the file; a line ends at its line feed only, as git and editors count. */
    Place place(int offset) {
        int start = text.lastIndexOf('\n', offset - 1) + 1;
        int line = 2 + (int) text.substring(0, start).chars().filter(c -> c == '\n').count();
        return new Place(path.value(), line, 1 + text.codePointCount(start, offset));
    }

    /** The fault {@code invalid_frontmatter} at the offset. */
    Fault fault(int offset, String message) {
        return new Fault(SignalKind.INVALID_FRONTMATTER, place(offset), message);
    }
}
