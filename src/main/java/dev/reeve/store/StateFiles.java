package dev.reeve.store;

import dev.reeve.model.Text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What lies in a checkout's state folder, by names and dates alone: for whoever examines whether it is healthy. Names are as people may see them.
 *
 * @param registers the spellings of owners that have a register, sorted
 * @param snapshots the spellings of owners that have a snapshot, sorted
 * @param setAside files that didn't parse and were set aside, sorted
 * @param exposure who else may change files here
 */
public record StateFiles(List<String> registers, List<Snapshot> snapshots, List<String> setAside, Exposure exposure) {

    /** A snapshot and when it was written. */
    public record Snapshot(String spelling, Instant written) {}

    /** Who may change files in the folder. */
    public enum Exposure {
        /** This user, and nobody who shouldn't. */
        OURS,
        /** Every user of this machine. */
        EVERYBODY,
        /** This user may not. */
        NOT_US
    }

    /**
     * What there is; nothing when there is no folder yet.
     *
     * @throws IOException when it can't be looked at, or leads out of the checkout
     */
    public static Optional<StateFiles> of(StateFolder state) throws IOException {
        var folder = state.existing();
        return folder.isEmpty() ? Optional.empty() : Optional.of(in(folder.get()));
    }

    private static StateFiles in(Path folder) throws IOException {
        var registers = new ArrayList<String>();
        var snapshots = new ArrayList<Snapshot>();
        for (var file : OwnerFile.in(folder)) {
            var spelling = Text.plain(file.spelling(), 120);
            switch (file.kind()) {
                case REGISTER -> registers.add(spelling);
                case SNAPSHOT -> snapshots.add(new Snapshot(spelling, written(StateFolder.file(folder, file.name()))));
            }
        }
        var aside = FolderEntries.of(folder, "*.corrupt-*").stream().map(StateFiles::name).sorted().toList();
        return new StateFiles(List.copyOf(registers), List.copyOf(snapshots), aside, exposure(folder));
    }

    private static Instant written(Path file) throws IOException {
        return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
    }

    private static String name(Path file) {
        return Text.plain(String.valueOf(file.getFileName()), 200);
    }

    private static Exposure exposure(Path folder) throws IOException {
        if (!Files.isWritable(folder)) {
            return Exposure.NOT_US;
        }
        Set<PosixFilePermission> permissions = Files.readAttributes(folder, PosixFileAttributes.class).permissions();
        return permissions.contains(PosixFilePermission.OTHERS_WRITE) ? Exposure.EVERYBODY : Exposure.OURS;
    }
}
