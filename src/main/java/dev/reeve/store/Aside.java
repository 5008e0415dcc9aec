package dev.reeve.store;

import dev.reeve.durable.AtomicFile;
import dev.reeve.durable.LockFile.Held;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.IntFunction;

/** Puts files out of the way instead of deleting them, under names that nothing has yet. */
final class Aside {

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'")
            .withZone(ZoneOffset.UTC);

    private Aside() {}

    /** A time as a part of a file's name, to the second: {@code 20260327T101530Z}. */
    static String stamp(Instant time) {
        return STAMP.format(time);
    }

    /** Renames what can't be parsed to {@code *.corrupt-<time>}, beside it; gives the new name. */
    static String corrupt(Held held, Path file, Instant time) throws IOException {
        var name = file.getFileName() + ".corrupt-" + stamp(time);
        return move(held, file, file.resolveSibling("."), n -> name + (n == 1 ? "" : "-" + n));
    }

    /**
     * Moves a file into a folder.
     *
     * @param name the first of its names, from 1 on, that is free is taken
     * @return the name it got
     */
    static String move(Held held, Path file, Path folder, IntFunction<String> name) throws IOException {
        int n = 1;
        while (Files.exists(folder.resolve(name.apply(n)), LinkOption.NOFOLLOW_LINKS)) {
            n++;
        }
        AtomicFile.move(held, file, folder.resolve(name.apply(n)));
        return name.apply(n);
    }
}
