package dev.reeve.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Whether a file is a task at all, by its first line: a {@code .md} file without frontmatter is none. */
final class Frontmatter {

    private static final int FIRST_LINE = 64;
    /** The three bytes before it are UTF-8's byte order mark. */
    private static final Pattern FENCE = Pattern.compile("(\u00ef\u00bb\u00bf)?---[ \\t]*\\r?\\n");

    private Frontmatter() {}

    /** False also for what is no regular file. */
    static boolean begins(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return FENCE.matcher(new String(in.readNBytes(FIRST_LINE), StandardCharsets.ISO_8859_1)).lookingAt();
        }
    }
}
