package dev.reeve.bench;

import dev.reeve.model.Slug;
import dev.reeve.model.TasksRoot;
import dev.reeve.store.StateFolder;
import dev.reeve.store.WorkingTree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;

/**
 * What it costs to find a task by its slug in a checkout of 100 and of 100,000 tasks. The two are measured in turn, so
 * that a busy machine is busy for both. Prints medians and their ratio.
 */
public final class FindTask {

    private static final int SMALL = 100;
    private static final int LARGE = 100_000;
    private static final int IN_A_FOLDER = 500;
    private static final int ROUNDS = 400;
    private static final int FINDS_A_ROUND = 20;

    private FindTask() {}

    /** Argument: where to make the two trees; a temporary folder when there is none. They are removed afterwards. */
    public static void main(String[] args) throws IOException {
        var folder = Files.createTempDirectory(args.length == 0 ? Path.of(System.getProperty("java.io.tmpdir"))
                : Path.of(args[0]), "find-task");
        try {
            var small = tree(folder.resolve("small"), SMALL);
            var large = tree(folder.resolve("large"), LARGE);
            measure(small, large);
        } finally {
            remove(folder);
        }
    }

    private static WorkingTree tree(Path checkout, int tasks) throws IOException {
        for (int i = 0; i < tasks; i++) {
            var file = checkout.resolve("tasks/m" + i / IN_A_FOLDER + "/task-" + i + ".md");
            if (i % IN_A_FOLDER == 0) {
                Files.createDirectories(file.getParent());
            }
            Files.writeString(file, "---\ntitle: Task " + i + "\nstatus: ready\n---\n");
        }
        var tree = new WorkingTree(new StateFolder(checkout, InstantSource.system()), TasksRoot.DEFAULT);
        long start = System.nanoTime();
        tree.find(new Slug("task-0"));
        System.out.printf("%,9d tasks: first find, with the walk that makes the index: %,d µs%n", tasks,
                (System.nanoTime() - start) / 1000);
        return tree;
    }

    private static void measure(WorkingTree small, WorkingTree large) throws IOException {
        var random = new Random(1);
        var forSmall = new long[ROUNDS];
        var forLarge = new long[ROUNDS];
        for (int round = -ROUNDS; round < ROUNDS; round++) {
            // The first half warms up.
            forSmall[Math.max(0, round)] = find(small, SMALL, random);
            forLarge[Math.max(0, round)] = find(large, LARGE, random);
        }
        double a = median(forSmall);
        double b = median(forLarge);
        System.out.printf("%,9d tasks: find %.1f µs%n%,9d tasks: find %.1f µs%nratio %.2f%n", SMALL, a, LARGE, b,
                b / a);
    }

    private static long find(WorkingTree tree, int tasks, Random random) throws IOException {
        long start = System.nanoTime();
        for (int i = 0; i < FINDS_A_ROUND; i++) {
            var slug = new Slug("task-" + random.nextInt(tasks));
            if (tree.find(slug).size() != 1) {
                throw new IllegalStateException(slug + " was not found");
            }
        }
        return System.nanoTime() - start;
    }

    /** In microseconds for one find. */
    private static double median(long[] nanos) {
        Arrays.sort(nanos);
        return nanos[nanos.length / 2] / 1000.0 / FINDS_A_ROUND;
    }

    private static void remove(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
