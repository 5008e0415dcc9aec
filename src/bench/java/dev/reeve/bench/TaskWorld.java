package dev.reeve.bench;

import dev.reeve.model.OwnerKey;
import dev.reeve.model.RegisterEntry;
import dev.reeve.model.Slug;
import dev.reeve.store.Registers;
import dev.reeve.store.StateFolder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A checkout with many tasks of 1.2 kB as a team would have them after a while: half are done, a quarter is in somebody else's queue, some hundred to a folder, milestones, dependencies among
 * them, all committed and the default branch fetched.
 *
 * @param top holds the checkout and its worktrees
 * @param checkout its root
 * @param files all task files
 */
record TaskWorld(Path top, Path checkout, List<Path> files) implements AutoCloseable {

    /** Who is who. */
    static final String TEAM = """
            owners: {dave: {aliases: [dave.fowler]}, mira: {}}
            roles: {sr-engineer-architect: dave, qa-engineer: mira}
            """;

    private static final int BYTES = 1_200;
    private static final int IN_A_FOLDER = 300;
    private static final List<String> OWNERS = List.of("dave", "sr-engineer-architect", "mira", "dave.fowler");
    private static final OwnerKey DAVE = new OwnerKey("dave");

    /** Makes it in a new folder below one. Its files are old enough for their stamps to be trusted once it is there. */
    static TaskWorld of(int tasks, Path below) throws IOException {
        var top = Files.createTempDirectory(below, "tasks-" + tasks + "-");
        var checkout = Files.createDirectory(top.resolve("checkout"));
        var files = new ArrayList<Path>(tasks);
        var now = Instant.now();
        for (int i = 0; i < tasks; i++) {
            var file = checkout.resolve(path(i));
            if (i % IN_A_FOLDER == 0) {
                Files.createDirectories(file.getParent());
            }
            Files.writeString(file, text(i));
            files.add(Files.setLastModifiedTime(file,
                    FileTime.from(now.minus(Duration.ofMinutes(i)))));
        }
        Files.writeString(checkout.resolve(".reeve.yml"), TEAM);
        commit(checkout);
        settle();
        return new TaskWorld(top, checkout, files);
    }

    /** Blobs go straight into a pack, which git does with what it thinks big: a hundred thousand files would take minutes. */
    private static void commit(Path checkout) throws IOException {
        git(checkout, "init", "--quiet", "--initial-branch=main");
        git(checkout, "remote", "add", "origin", "https://github.com/acme/tasks.git");
        git(checkout, "-c", "core.bigFileThreshold=1", "add", "--all");
        git(checkout, "-c", "user.name=Dave", "-c", "user.email=dave@example.com", "commit", "--quiet", "-m", "Tasks");
        git(checkout, "update-ref", "refs/remotes/origin/main", "HEAD");
        git(checkout, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main");
    }

    private static void git(Path folder, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(command + " failed");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** The slug of the task with that number. */
    private static String slug(int task) {
        return "fix-the-login-" + task;
    }

    private static String path(int task) {
        return "tasks/m" + task / IN_A_FOLDER + "/" + slug(task) + ".md";
    }

    private static String text(int i) {
        var text = new StringBuilder("---\ntitle: Fix the login of customer number " + i + "\npriority: p" + i % 4
                + "\nmilestone: m" + i / IN_A_FOLDER + "-pilot\nowner: " + OWNERS.get(i / 20 % OWNERS.size())
                + (i % 5 == 1 ? "\ndepends_on: [" + slug(i - 1) + "]" : "") + "\nstatus: " + status(i)
                + "\n---\n## Problem\n");
        while (text.length() < BYTES - 100) {
            text.append("The customer can't log in when the moon is full and the tide is high.\n");
        }
        return text.append("## QA Exploration\n- [")
                .append(i % 2 == 0 ? 'x' : ' ')
                .append("] QA exploration completed\n## Review Feedback\n- [ ] Review cleared\n")
                .toString();
    }

    /** Of twenty one could be begun, one waits for another task, one is blocked, seven are planned. */
    private static String status(int i) {
        return switch (i % 20) {
            case 11, 18 -> "ready";
            case 17 -> "blocked";
            case 10, 12, 13, 14, 15, 16, 19 -> "not_started";
            case 9 -> "cancelled";
            default -> "completed";
        };
    }

    /** Waits until the file system's clock has left the files' last change behind: until then no stamp of them is trusted. */
    private static void settle() {
        var then = Instant.now().plusSeconds(3);
        while (Instant.now().isBefore(then)) {
            Thread.onSpinWait();
        }
    }

    /** Puts some tasks to work: each has a worktree, a register entry, and the files of a run that has ended and opened no pull request. */
    void work(int tasks) throws IOException {
        var registers = new Registers(new StateFolder(checkout, InstantSource.system()));
        var logs = Files.createDirectories(checkout.resolve("tasks/logs"));
        var then = Instant.now().minus(Duration.ofMinutes(20)).truncatedTo(ChronoUnit.SECONDS);
        for (int i = 0; i < tasks; i++) {
            int task = 18 + 80 * i;
            var worktree = top.resolve("worktree-" + i);
            var branch = "task/" + slug(task);
            git(checkout, "worktree", "add", "--quiet", "-b", branch, worktree.toString());
            var _ = registers.put(DAVE, new RegisterEntry(new Slug(slug(task)), path(task), worktree.toString(), branch,
                    then, then, then, 1, "run-" + i, null));
            Files.writeString(logs.resolve("dispatch-" + slug(task) + ".log"), "Looked into it.\n");
            Files.writeString(logs.resolve("dispatch-" + slug(task) + ".status.json"),
                    "{\"run_id\":\"run-%d\",\"state\":\"exited\",\"exit_code\":%d,\"started_at\":\"%s\",\"updated_at\":\"%s\"}"
                            .formatted(i, i % 2, then, then));
        }
        settle();
    }

    @Override
    public void close() throws IOException {
        try (var all = Files.walk(top)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
