package dev.reeve.bench;

import dev.reeve.model.TaskPath;
import dev.reeve.taskfile.Reading;
import dev.reeve.taskfile.TaskFileReader;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * How much reading 10,000 task files of 1.2 kB costs beyond fetching their bytes, in one thread of a warm JVM. Rounds
 * of the floor and of both kinds of file alternate, so that whatever else the machine does meets all three; medians
 * are printed.
 */
public final class ReadTaskFiles {

    private static final int FILES = 10_000;
    private static final int BYTES = 1_200;
    private static final int WARM_UP = 10;
    private static final int ROUNDS = 21;

    private ReadTaskFiles() {}

    /** Takes no arguments and prints a line for each kind. */
    public static void main(String[] args) throws IOException {
        var folder = Files.createTempDirectory("reeve-bench");
        try {
            var plain = files(folder.resolve("plain"), "depends_on: [other-slug, third-slug]\n");
            var yaml = files(folder.resolve("yaml"), "depends_on:\n  - other-slug\n  - third-slug\n");
            report(plain, yaml);
        } finally {
            delete(folder);
        }
    }

    private static void report(List<Path> plain, List<Path> yaml) {
        var floor = new ArrayList<Long>();
        var scanned = new ArrayList<Long>();
        var parsed = new ArrayList<Long>();
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            long bytes = nanos(plain, content -> content.length);
            long lines = nanos(plain, ReadTaskFiles::read);
            long events = nanos(yaml, ReadTaskFiles::read);
            if (round >= 0) {
                floor.add(bytes);
                scanned.add(lines);
                parsed.add(events);
            }
        }
        print("bytes only (floor)", median(floor), median(floor));
        print("plain frontmatter", median(scanned), median(floor));
        print("frontmatter that needs the YAML parser", median(parsed), median(floor));
    }

    private static long read(byte[] content) {
        return switch (TaskFileReader.read(new TaskPath("tasks/fix-login.md"), content)) {
            case Reading.Valid(var task) -> task.dependsOn().size();
            case Reading.NotATask(),Reading.Invalid(var _) -> throw new IllegalStateException("not a task");
        };
    }

    private static long nanos(List<Path> files, ToLongFunction<byte[]> use) {
        long start = System.nanoTime();
        long sum = 0;
        for (var file : files) {
            sum += use.applyAsLong(bytes(file));
        }
        if (sum == 0) {
            throw new IllegalStateException("nothing was read");
        }
        return System.nanoTime() - start;
    }

    private static void print(String what, long nanos, long floor) {
        System.out.printf("%-40s %6.1f ms  %5.2f x%n", what, nanos / 1e6, (double) nanos / floor);
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    private static List<Path> files(Path folder, String dependsOn) throws IOException {
        Files.createDirectories(folder);
        return IntStream.range(0, FILES).mapToObj(i -> write(folder, i, dependsOn)).toList();
    }

    private static Path write(Path folder, int number, String dependsOn) {
        var head = """
                ---
                title: Add startup and post-pull reconcile hooks, part %d
                id: INFRA_TOOLING-%d     # optional
                priority: p1
                milestone: m1-pilot
                owner: sr-engineer-architect            # a person or a role
                %sstatus: ready
                ---
                ## Problem
                """.formatted(number, number, dependsOn);
        var gates = "\n## QA Exploration\n- [x] QA exploration completed\n## Review Feedback\n- [ ] Review cleared\n";
        var words = "What people write here is of no concern to the reader.\n".repeat(BYTES / 50);
        try {
            return Files.writeString(folder.resolve("task-" + number + ".md"),
                    head + words.substring(0, BYTES - head.length() - gates.length()) + gates);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var tree = Files.walk(folder)) {
            for (var path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
