package dev.reeve.cli;

import dev.reeve.kit.GitRepositories;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** A checkout of somebody who sets Reeve up: a remote beside it, and a launcher that only notes how the hooks call it. */
final class Repository {

    private final Path folder;
    private final GitRepositories repositories;
    private final GitRepositories.Remote remote;
    private final Path root;
    private final Map<String, String> environment = new HashMap<>();

    Repository(Path temporary) {
        try {
            folder = temporary.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        repositories = new GitRepositories(folder);
        remote = repositories.remote("remote");
        remote.commit("main").file("readme", "1\n").push("Begin");
        root = repositories.checkout(remote, "check out");
        environment.putAll(Map.of("HOME", folder.toString(), "TASK_MANAGER_PR_CI_CHECK", "0"));
        program(launcher(), """
                #!/bin/sh
                printf '%s|%s|%s|%s\\n' "$*" "$(pwd -P)" "$REEVE_BUILD" "$(cat)" >> "$(dirname "$0")/called"
                echo "reeve was here"
                exit 3
                """);
    }

    Path folder() {
        return folder;
    }

    Path root() {
        return root;
    }

    GitRepositories.Remote remote() {
        return remote;
    }

    /** Its folder's name has every sign that a shell could stumble on. */
    Path launcher() {
        return folder.resolve("it's $HOME \"x\" `y`/reeve");
    }

    Repository with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    String git(String... arguments) {
        return GitRepositories.git(root, arguments);
    }

    Path worktree(String branch) {
        var path = folder.resolve("tree of " + branch);
        git("worktree", "add", "--quiet", "-b", branch, path.toString());
        return path;
    }

    /** Somebody else pushes to the default branch. */
    void others(String file, String content) {
        remote.commit("main").file(file, content).push("Write " + file);
    }

    Path hook(String name) {
        return root.resolve(".git/hooks").resolve(name);
    }

    static void program(Path file, String text) {
        write(file, text);
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Path file, String text) {
        try {
            Files.createDirectories(file.resolveSibling("."));
            Files.writeString(file, text, ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(String file, String text) {
        write(root.resolve(file), text);
    }

    String read(String file) {
        try {
            return Files.readString(root.resolve(file), ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How the launcher was called since this was last asked: arguments, folder, whether it may build, input. */
    List<String> calls() {
        try {
            var log = launcher().resolveSibling("called");
            var lines = Files.exists(log) ? Files.readAllLines(log) : List.<String>of();
            Files.deleteIfExists(log);
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String call(Path in) {
        return "hooks run|" + in + "|never|";
    }

    /** All files and links below a folder with content and permissions; of git's own folder the hooks alone. */
    Map<String, String> everything() {
        try (var files = Files.walk(root)) {
            var all = new TreeMap<String, String>();
            for (var file : files.toList()) {
                var name = root.relativize(file).toString();
                if (!name.startsWith(".git/") || name.startsWith(".git/hooks/")) {
                    all.put(name, describe(file));
                }
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String describe(Path file) throws IOException {
        if (Files.isSymbolicLink(file)) {
            return "-> " + Files.readSymbolicLink(file);
        }
        var permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
        return permissions + " " + (Files.isDirectory(file) ? "" : Files.readString(file, ISO_8859_1));
    }

    Terminal.Ran install(String... more) {
        var command = new ArrayList<>(List.of("hooks", "install", "--launcher", launcher().toString()));
        command.addAll(List.of(more));
        return runIn(root, command.toArray(String[]::new));
    }

    Terminal.Ran run(String... arguments) {
        return runIn(root, arguments);
    }

    Terminal.Ran runIn(Path where, String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int exit = Main.run(List.of(arguments), new Console(Map.copyOf(environment), where, new PrintWriter(out),
                new PrintWriter(err), Console.Screen.OTHER));
        return new Terminal.Ran(exit, out.toString(), err.toString());
    }
}
