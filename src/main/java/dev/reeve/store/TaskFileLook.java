package dev.reeve.store;

import dev.reeve.model.CatalogEntry;
import dev.reeve.model.Fault;
import dev.reeve.model.Place;
import dev.reeve.model.SignalKind;
import dev.reeve.model.TaskPath;
import dev.reeve.store.KnownFile.Trust;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Takes what is known of a file, or reads it. A file that is written meanwhile is read again; one that never rests is reported and not remembered.
 *
 * @param known what may be taken for a file whose stamp is still the same
 * @param clock for when reading began
 * @param taken counts for how many files it was
 */
record TaskFileLook(Map<TaskPath, KnownFile> known, TaskCatalog.Parser parser,
        InstantSource clock, AtomicInteger taken) implements TaskWalk.Look<KnownFile> {

    private static final int TRIES = 4;
    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    @Override
    public Optional<KnownFile> at(TaskPath path, Path file, FileStamp stamp) {
        var before = known.get(path);
        if (before != null && before.stillHolds(stamp)) {
            taken.incrementAndGet();
            return Optional.of(before);
        }
        try {
            return Optional.of(read(path, file, stamp));
        } catch (NoSuchFileException e) {
            // It was removed since the folder was listed.
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(faulty(path, stamp, "can't be read: " + e.getClass().getSimpleName()));
        }
    }

    private KnownFile read(TaskPath path, Path file, FileStamp listed) throws IOException {
        var stamp = listed;
        for (int i = 0; i < TRIES; i++) {
            if (stamp.kind() != FileStamp.Kind.FILE) {
                return faulty(path, stamp, "is no regular file");
            }
            if (stamp.size() > WorkingTree.LARGEST) {
                return faulty(path, stamp, "has more than " + WorkingTree.LARGEST + " bytes");
            }
            var begun = clock.instant();
            var content = content(file, (int) stamp.size());
            var after = FileStamp.of(file);
            if (after.equals(stamp) && content.length == stamp.size()) {
                return new KnownFile(path, stamp, stamp.isSettledAt(begun) ? Trust.SETTLED : Trust.NONE,
                        parser.parse(path, content, stamp.modifiedAt()));
            }
            stamp = after;
        }
        return faulty(path, stamp, "changes all the time while it is read; it is looked at again next time");
    }

    /** So many bytes of the file, or fewer when it has become shorter. That it has become longer its stamp says. */
    private static byte[] content(Path file, int size) throws IOException {
        var buffer = ByteBuffer.allocate(size);
        try (var channel = Files.newByteChannel(file, READ)) {
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // Until all is there or the file ends.
            }
        }
        return buffer.hasRemaining() ? Arrays.copyOf(buffer.array(), buffer.position()) : buffer.array();
    }

    private static KnownFile faulty(TaskPath path, FileStamp stamp, String why) {
        var fault = new Fault(SignalKind.INVALID_FRONTMATTER, Place.of(path.value()), why);
        return new KnownFile(path, stamp, Trust.NONE,
                Optional.of(new CatalogEntry.Faulty(path.slug().orElseThrow(), path, List.of(fault))));
    }
}
