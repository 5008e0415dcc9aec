package dev.reeve.taskfile;

import dev.reeve.model.TaskPath;

import java.util.List;

/**
 * Reads task files.
 *
 * <p>{@code title} and {@code status} must be there, all other keys may be missing; a key without a value, with null
 * or with blank text is as good as missing. A scalar is its text: {@code yes}, {@code 010} and {@code 12:30} are those
 * characters. Unknown keys may hold anything but tags. Aliases are never followed, so a known key can't have one for
 * its value.
 *
 * <p>Limits: a file of 1 MiB, frontmatter of 64 KiB, lists and mappings 20 deep; the first 100 faults are told.
 */
public final class TaskFileReader {

    /** Bytes that a task file may have at most; whoever fetches one needs no more than one byte beyond that. */
    public static final int LARGEST_FILE = Fences.LARGEST_FILE;

    /** Raised whenever the same bytes may give another task or other faults than before, so that nothing goes on with what an older one read. */
    public static final int EDITION = 1;

    private TaskFileReader() {}

    /**
     * The task that the file is, or everything that is wrong with it. A byte order mark and CRLF are fine. Only the
     * frontmatter must be UTF-8; the body is people's.
     *
     * @param path where the file is, of which the slug is taken and which the faults name
     * @param content the whole file, of any size
     */
    public static Reading read(TaskPath path, byte[] content) {
        return switch (Parsed.of(path, content)) {
            case Parsed.Absent() -> new Reading.NotATask();
            case Parsed.Broken(var fault) -> new Reading.Invalid(
                    path.slug().isPresent() ? List.of(fault) : List.of(TaskFields.invalidSlug(path), fault));
            case Parsed.Present(var frontmatter) -> new TaskFields(path, frontmatter).reading(content);
        };
    }
}
