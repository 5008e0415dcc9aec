package dev.reeve.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What people and GitHub do in the demo's world with git, as its own person and whatever the machine's configuration says. */
final class DemoGit {

    private static final List<String> WHO = List.of("-c", "user.name=Dave Fowler", "-c",
            "user.email=dave.fowler@example.com", "-c",
            "commit.gpgsign=false", "-c", "init.defaultBranch=main", "-c", "core.hooksPath=/dev/null", "-c",
            "protocol.file.allow=always");

    private final Path home;

    DemoGit(Path home) {
        this.home = home;
    }

    /**
     * Runs a command and gives what it printed.
     *
     * @throws IllegalStateException when it fails, with what it said
     */
    String run(Path where, String... arguments) {
        var command = new ArrayList<>(List.of("git"));
        command.addAll(WHO);
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(where.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        builder.environment().put("HOME", home.toString());
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        try {
            var process = builder.start();
            var output = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("git " + String.join(" ", arguments) + " failed: " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException("git could not be started; install git 2.38 or newer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
