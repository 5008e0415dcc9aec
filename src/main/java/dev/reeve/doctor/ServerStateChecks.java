package dev.reeve.doctor;

import dev.reeve.config.ServerConfiguration;
import dev.reeve.durable.FailureWords;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** What the server keeps on this machine: its data folder and its database. */
record ServerStateChecks(ServerConfiguration configuration, Supplier<String> database) {

    private static final long MEBIBYTE = 1L << 20;
    private static final long LITTLE = 1024 * MEBIBYTE;
    private static final long TOO_LITTLE = 100 * MEBIBYTE;

    List<Finding> findings() {
        return Check.all(List.of(new Check("data folder", this::folder, "look at the folder's permissions"),
                new Check("database", this::tried)));
    }

    private List<Finding> folder() throws IOException {
        var folder = configuration.storage().dataDir();
        if (!Files.isDirectory(folder)) {
            return List.of(Finding.info("data folder", folder + " is not there yet; the server makes it"));
        }
        var findings = new ArrayList<Finding>();
        findings.add(owned(folder));
        findings.add(space(folder));
        return findings;
    }

    private static Finding owned(Path folder) throws IOException {
        var owner = Files.getOwner(folder);
        if (!Files.isWritable(folder)) {
            return Finding.error("data folder", folder + " belongs to " + owner + ", and this user may not write there",
                    "run reeve as that user (then run reeve doctor as it, too), or give the folder to this one");
        }
        var permissions = Files.getPosixFilePermissions(folder);
        return permissions.contains(PosixFilePermission.OTHERS_READ)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)
                        ? Finding.warning("data folder", "every user of this machine can look into " + folder,
                                "chmod 700 " + folder)
                        : Finding.ok("data folder", folder + " is " + owner + "'s");
    }

    private static Finding space(Path folder) throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace();
        var said = free / MEBIBYTE + " MiB are free";
        if (free >= LITTLE) {
            return Finding.ok("data folder", said);
        }
        var remedy = "make room: clones and deliveries are kept there, and deliveries are refused when it is full";
        return free >= TOO_LITTLE ? Finding.warning("data folder", "only " + said, remedy)
                : Finding.error("data folder", "only " + said, remedy);
    }

    private List<Finding> tried() {
        try {
            return List.of(Finding.ok("database", Objects.requireNonNull(database.get())));
        } catch (IllegalStateException | IllegalArgumentException e) {
            return List.of(Finding.error("database", FailureWords.of(e) + causeOf(e),
                    "look at REEVE_DATABASE_URL and whether the database runs, or at the data folder"));
        }
    }

    private static String causeOf(Exception e) {
        return e.getCause() == null ? "" : ": " + e.getCause().getMessage();
    }
}
