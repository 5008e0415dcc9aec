package dev.reeve.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A checkout with many tasks of 1.2 kB as a team would have them after a while: most are completed, some hundred to a folder, a few owners and milestones, dependencies among them.
 *
 * @param checkout its root
 * @param files all task files
 */
record TaskWorld(Path checkout, List<Path> files) implements AutoCloseable {

    private static final int BYTES = 1_200;
    private static final int IN_A_FOLDER = 300;
    private static final List<String> OWNERS = List.of("dave", "sr-engineer-architect", "mira", "qa-engineer");

    /** Makes it in a new folder below one. Its files are old enough for their stamps to be trusted once it is there. */
    static TaskWorld of(int tasks, Path below) throws IOException {
        var checkout = Files.createTempDirectory(below, "tasks-" + tasks + "-");
        Files.createDirectories(checkout.resolve(".git"));
        var files = new ArrayList<Path>(tasks);
        for (int i = 0; i < tasks; i++) {
            var file = checkout.resolve("tasks/m" + i / IN_A_FOLDER + "/" + slug(i) + ".md");
            if (i % IN_A_FOLDER == 0) {
                Files.createDirectories(file.getParent());
            }
            files.add(Files.writeString(file, text(i)));
        }
        settle(files.getLast());
        return new TaskWorld(checkout, files);
    }

    /** The slug of the task with that number. */
    static String slug(int task) {
        return "fix-the-login-" + task;
    }

    private static String text(int i) {
        var text = new StringBuilder("---\ntitle: Fix the login of customer number " + i + "\npriority: p" + i % 4
                + "\nmilestone: m" + i / IN_A_FOLDER + "-pilot\nowner: " + OWNERS.get(i % OWNERS.size())
                + (i % 5 == 1 ? "\ndepends_on: [" + slug(i - 1) + "]" : "") + "\nstatus: " + status(i)
                + "\n---\n## Problem\n");
        while (text.length() < BYTES - 100) {
            text.append("The customer can't log in when the moon is full and the tide is high.\n");
        }
        return text.append("## QA Exploration\n- [")
                .append(i % 20 < 16 ? 'x' : ' ')
                .append("] QA exploration completed\n## Review Feedback\n- [ ] Review cleared\n")
                .toString();
    }

    /** Four of five are done. */
    private static String status(int i) {
        return switch (i % 20) {
            case 16 -> "ready";
            case 17 -> "blocked";
            case 18, 19 -> "not_started";
            default -> "completed";
        };
    }

    /** Waits until the file system's clock has left the last file's time behind: until then no stamp of it is trusted. */
    private static void settle(Path last) throws IOException {
        var then = Files.getLastModifiedTime(last).toInstant().plusSeconds(3);
        while (Instant.now().isBefore(then)) {
            Thread.onSpinWait();
        }
    }

    /** Makes the task with that number another one. */
    void change(int task) throws IOException {
        Files.writeString(files.get(task), text(task).replace("customer", "client"));
        Files.setLastModifiedTime(files.get(task), FileTime.from(Instant.now()));
    }

    @Override
    public void close() throws IOException {
        try (var all = Files.walk(checkout)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
