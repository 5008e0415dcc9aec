package dev.reeve.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * What the system says of a file without opening it. A file that was written, replaced or renamed has another stamp, also when its size and the time of its last change were put
 * back: nobody can put back {@code changed}. The exception is a file that changes twice within one tick of the file system's clock; see {@link #isSettledAt}.
 *
 * @param size in bytes
 * @param modified when its content changed, as its owner may state it, in ns since 1970
 * @param changed when its content or anything else about it changed, as the system says, in ns since 1970
 * @param inode which file it is, as long as it is there
 */
record FileStamp(Kind kind, long size, long modified, long changed, long inode) {

    /** All in one question to the system, which costs a third more than the basic attributes, while a second question costs as much again. */
    private static final String ASKED = "unix:mode,size,lastModifiedTime,ctime,ino";
    private static final int FORMAT = 0xF000;
    /** The coarsest clock that a file system has (FAT), and with it a clock that is not quite the program's. */
    private static final long TICK = Duration.ofSeconds(2).toNanos();

    /** What is there. */
    enum Kind {
        FILE, FOLDER, LINK, OTHER
    }

    /**
     * Looks at what is there; a link is not followed.
     *
     * @throws java.nio.file.NoSuchFileException when nothing is
     */
    static FileStamp of(Path file) throws IOException {
        var said = Files.readAttributes(file, ASKED, LinkOption.NOFOLLOW_LINKS);
        return new FileStamp(kind((int) of(said, "mode")), (long) of(said, "size"),
                nanos(of(said, "lastModifiedTime")), nanos(of(said, "ctime")), (long) of(said, "ino"));
    }

    private static Object of(Map<String, Object> said, String name) {
        return Objects.requireNonNull(said.get(name), name);
    }

    private static Kind kind(int mode) {
        return switch (mode & FORMAT) {
            case 0x8000 -> Kind.FILE;
            case 0x4000 -> Kind.FOLDER;
            case 0xA000 -> Kind.LINK;
            default -> Kind.OTHER;
        };
    }

    private static long nanos(Object time) {
        return ((FileTime) time).to(TimeUnit.NANOSECONDS);
    }

    /**
     * Whether what was read from that moment on is what this stamp stands for: had the file been changed since, its stamp would be another one. Not so when it had
     * changed just before (it may have changed again within the same tick), or is from the future, because a clock was wrong.
     */
    boolean isSettledAt(Instant read) {
        long then = TimeUnit.SECONDS.toNanos(read.getEpochSecond()) + read.getNano();
        return Math.max(modified, changed) < then - TICK;
    }

    /** When the file's content changed. */
    Instant modifiedAt() {
        return Instant.ofEpochSecond(0, modified);
    }
}
