package dev.reeve.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.regex.Pattern;

/** Whether a file is a task at all, by its first line: a {@code .md} file without frontmatter is none. */
final class Frontmatter {

    private static final int FIRST_LINE = 64;
    /** The three bytes before it are UTF-8's byte order mark. */
    private static final Pattern FENCE = Pattern.compile("(\u00ef\u00bb\u00bf)?---[ \\t]*\\r?\\n");

    private Frontmatter() {}

    /**
     * False also for what is no regular file, or isn't there.
     *
     * @throws IOException when it can't be read, so that it isn't known
     */
    static boolean begins(Path file) throws IOException {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile() && hasFence(file);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static boolean hasFence(Path file) throws IOException {
        try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return FENCE.matcher(new String(in.readNBytes(FIRST_LINE), StandardCharsets.ISO_8859_1)).lookingAt();
        }
    }
}
