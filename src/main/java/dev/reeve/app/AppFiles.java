package dev.reeve.app;

import dev.reeve.config.GitHubAddresses;
import dev.reeve.config.SavedApp;
import dev.reeve.durable.AtomicFile;
import dev.reeve.durable.Checkpoint;
import dev.reeve.durable.LockFile;
import dev.reeve.durable.LockFile.Held;
import dev.reeve.github.NewApp;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;

/**
 * Saves the App in the data folder, for nobody but the server's user: key and secret first, and what makes them count last. What made an earlier one count is deleted before that, so that there is
 * one whole App or none whenever it is broken off.
 */
record AppFiles(Path folder, SavedApp files, Checkpoint checkpoint) {

    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

    static AppFiles in(Path dataFolder, Checkpoint checkpoint) {
        return new AppFiles(dataFolder.resolve(SavedApp.FOLDER), SavedApp.in(dataFolder), checkpoint);
    }

    Path webhookSecret() {
        return files.webhookSecret();
    }

    /**
     * Saves all of it; when this returns, it is on the disk.
     *
     * @throws IOException when it could not be saved; then the next start finds no App
     */
    void save(NewApp app, GitHubAddresses gitHub, URI publicUrl, String webhookSecret) throws IOException {
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER));
        Files.setPosixFilePermissions(folder, FOLDER);
        AtomicFile.force(folder.resolveSibling("."));
        try (var held = new LockFile(folder.resolve("app.lock"), Duration.ofSeconds(5), checkpoint).hold()) {
            AtomicFile.delete(held, files.settings());
            write(held, files.privateKey(), app.privateKey().reveal().strip() + "\n");
            write(held, files.webhookSecret(), webhookSecret + "\n");
            write(held, files.settings(), settings(app, gitHub, publicUrl));
        }
    }

    private static void write(Held held, Path file, String text) throws IOException {
        AtomicFile.replace(held, file, text.getBytes(StandardCharsets.UTF_8), FILE);
    }

    /** What is from GitHub has a form that needs no quotes in YAML; the addresses are quoted. */
    private static String settings(NewApp app, GitHubAddresses gitHub, URI publicUrl) {
        return """
                # The GitHub App %s, as it was set up on the server's page. Its key and its webhook secret are beside this file; either may be
                # replaced while the server runs, also by a file with the old and the new one. What is configured elsewhere goes before it.
                app_id: %d
                app_client_id: "%s"
                api_url: "%s"
                server_url: "%s"
                public_url: "%s"
                """
                .formatted(app.slug(), app.id(), app.clientId(), gitHub.api(), gitHub.server(), publicUrl);
    }
}
