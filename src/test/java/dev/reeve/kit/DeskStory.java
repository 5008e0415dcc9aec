package dev.reeve.kit;

import dev.reeve.model.OwnerKey;
import dev.reeve.model.RegisterEntry;
import dev.reeve.model.Slug;
import dev.reeve.store.Register;
import dev.reeve.store.Registers;
import dev.reeve.store.StateFolder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static dev.reeve.kit.GitRepositories.git;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

/** An operator's checkout, where an agent runs that shares it with the server. */
public final class DeskStory {

    private static final OwnerKey DAVE = new OwnerKey("dave");
    private static final Instant BEFORE = Instant.parse("2026-03-27T09:00:00Z");

    private final Path path;
    private final Registers registers;
    private final List<Path> worktrees = new ArrayList<>();

    DeskStory(GitRepositories repositories, GitRepositories.Remote remote, InstantSource clock) {
        this.path = repositories.checkout(remote, "desk");
        this.registers = new Registers(new StateFolder(path, clock));
    }

    public Path path() {
        return path;
    }

    /** The agent works on a task: a worktree with a pushed commit, a register entry, dispatch files. */
    public Path work(String slug, int pullRequest) {
        var worktree = path.resolveSibling("worktree-" + slug);
        var branch = "task/" + slug;
        git(path, "worktree", "add", "--quiet", "-b", branch, worktree.toString());
        worktrees.add(worktree);
        write(worktree.resolve("work-" + slug + ".txt"), "done\n");
        git(worktree, "add", "--all");
        git(worktree, "commit", "--quiet", "-m", "Work on " + slug);
        git(worktree, "push", "--quiet", "--set-upstream", "origin", branch);
        claim(slug, worktree, pullRequest);
        write(path.resolve("tasks/logs/dispatch-" + slug + ".log"), "done, opened #" + pullRequest + "\n");
        write(path.resolve("tasks/logs/dispatch-" + slug + ".status.json"),
                "{\"run_id\": \"r-41\", \"state\": \"exited\", \"exit_code\": 0, \"outcome\": \"completed_with_pr\"}\n");
        return worktree;
    }

    /** A register entry as the agent makes it. */
    public void claim(String slug, Path worktree, int pullRequest) {
        var key = new Slug(slug);
        try {
            var _ = registers.put(DAVE, new RegisterEntry(key, "tasks/" + slug + ".md", worktree.toString(),
                    "task/" + slug, BEFORE, BEFORE, BEFORE, 1, "r-41", pullRequest));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The slugs in the register, which can be read. */
    public List<String> registered() {
        try {
            var register = registers.read(DAVE);
            assertThat(register).isInstanceOf(Register.Loaded.class);
            assertThat(register.signals()).isEmpty();
            return register.entries().keySet().stream().map(Slug::value).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of a task's dispatch files that are not archived. */
    public List<String> dispatchFiles(String slug) {
        return names(path.resolve("tasks/logs"), "dispatch-" + slug);
    }

    /** The names of its dispatch files in the archive. */
    public List<String> archived(String slug) {
        return names(path.resolve("tasks/logs/archive"), "dispatch-" + slug);
    }

    private static List<String> names(Path folder, String prefix) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(prefix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What belongs to the operator, byte for byte: working tree, index, HEAD, branches, configuration, worktrees. */
    public List<String> belongings() {
        var all = new ArrayList<String>();
        all.add(git(path, "for-each-ref"));
        all.add(git(path, "worktree", "list", "--porcelain"));
        Stream.of(".git/index", ".git/HEAD", ".git/config").forEach(file -> all.add(content(path.resolve(file))));
        try (var files = Files.walk(path)) {
            files.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(path.resolve(".git")) && !file.startsWith(path.resolve(".tasks"))
                            && !file.startsWith(path.resolve("tasks/logs")))
                    .sorted()
                    .forEach(file -> all.add(path.relativize(file) + "\n" + content(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    /** Every state file can be read, no worktree is there that the agent didn't make. */
    void verify() {
        var _ = registered();
        assertThat(names(path.resolve(".tasks/task_manager"), "task-manager-")).as("state files")
                .noneMatch(name -> name.contains(".corrupt-"));
        var known = new ArrayList<>(worktrees);
        known.addFirst(path);
        assertThat(git(path, "worktree", "list", "--porcelain").lines()
                .filter(line -> line.startsWith("worktree "))
                .map(line -> Path.of(line.substring("worktree ".length()))))
                .as("worktrees")
                .containsExactlyInAnyOrderElementsOf(known);
    }

    private static String content(Path file) {
        try {
            return Files.readString(file, ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String content) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
