package dev.reeve.bench;

import dev.reeve.app.CheckoutPass;
import dev.reeve.app.CheckoutPass.Ended;
import dev.reeve.app.Machine;
import dev.reeve.config.AgentConfiguration;
import dev.reeve.config.AgentConfiguration.GitIdentity;
import dev.reeve.config.Configured;
import dev.reeve.config.Inputs;
import dev.reeve.config.TeamConfiguration;
import dev.reeve.git.Checkout;
import dev.reeve.git.Git;
import dev.reeve.model.Slug;
import dev.reeve.reconcile.ReconcileReport.Mode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * What {@code reeve reconcile SLUG --dry-run} costs in a checkout of 100 and of 100,000 committed tasks in folders of 1,000, in the
 * process and without GitHub: git and files alone. The two are measured in turn, so that a busy machine is busy for both. Prints medians, the least and their
 * ratios, once for a task that nothing is to be done about and once for one that is to be demoted.
 */
public final class NamedSlug {

    private static final int SMALL = 100;
    private static final int LARGE = 100_000;
    private static final int IN_A_FOLDER = 1_000;
    private static final int ROUNDS = 60;
    private static final int LEFT_EVERY = 10;

    private NamedSlug() {}

    /** Argument: where to make the two checkouts; a temporary folder when there is none. They are removed afterwards. */
    public static void main(String[] args) throws IOException, InterruptedException {
        var folder = Files.createTempDirectory(args.length == 0 ? Path.of(System.getProperty("java.io.tmpdir"))
                : Path.of(args[0]), "named-slug");
        try {
            var small = checkout(folder.resolve("small"), SMALL);
            var large = checkout(folder.resolve("large"), LARGE);
            compare("nothing to do", small, large, 1, Optional.empty());
            compare("to be demoted", small, large, 0, Optional.of(Duration.ZERO));
        } finally {
            remove(folder);
        }
    }

    private static Checkout checkout(Path path, int tasks) throws IOException, InterruptedException {
        for (int i = 0; i < tasks; i++) {
            var file = path.resolve("tasks/m" + i / IN_A_FOLDER + "/task-" + i + ".md");
            if (i % IN_A_FOLDER == 0) {
                Files.createDirectories(file.getParent());
            }
            Files.writeString(file,
                    "---\ntitle: Task " + i + "\nstatus: " + (i % LEFT_EVERY == 0 ? "in_progress" : "ready")
                            + "\n---\n" + "A line of text.\n".repeat(100));
        }
        Files.writeString(path.resolve(".gitignore"), ".tasks/\n");
        git(path, "init", "--quiet", "--initial-branch=main");
        git(path, "add", ".");
        git(path, "-c", "user.name=B", "-c", "user.email=b@example.com", "commit", "--quiet", "-m", "Plan");
        // As in a checkout of some age: packed, and a remote whose branch was fetched from this very repository.
        git(path, "repack", "-a", "-d", "--quiet");
        git(path, "remote", "add", "origin", path.toString());
        git(path, "fetch", "--quiet", "origin");
        git(path, "remote", "set-head", "origin", "main");
        var checkout = Checkout.open(Git.onPath(), path);
        reconcile(checkout, 0, Mode.ACT, Optional.empty());
        return checkout;
    }

    private static void compare(String what, Checkout small, Checkout large, int offset, Optional<Duration> idle) {
        var random = new Random(1);
        var forSmall = new long[ROUNDS];
        var forLarge = new long[ROUNDS];
        for (int round = -ROUNDS / 2; round < ROUNDS; round++) {
            // The rounds before the first warm up.
            forSmall[Math.max(0, round)] = time(small, SMALL, random, offset, idle);
            forLarge[Math.max(0, round)] = time(large, LARGE, random, offset, idle);
        }
        double a = median(forSmall);
        double b = median(forLarge);
        System.out.printf(
                "%s: %,d tasks %.1f ms (least %.1f), %,d tasks %.1f ms (least %.1f), ratio %.2f (least %.2f)%n", what,
                SMALL, a, forSmall[0] / 1e6, LARGE, b, forLarge[0] / 1e6, b / a, (double) forLarge[0] / forSmall[0]);
    }

    private static long time(Checkout checkout, int tasks, Random random, int offset, Optional<Duration> idle) {
        int number = random.nextInt(tasks / LEFT_EVERY) * LEFT_EVERY + offset;
        long start = System.nanoTime();
        reconcile(checkout, number, Mode.DRY_RUN, idle);
        return System.nanoTime() - start;
    }

    private static void reconcile(Checkout opened, int number, Mode mode, Optional<Duration> idle) {
        // As the command does, everything is opened anew.
        var checkout = Checkout.open(Git.onPath(), opened.root()).main();
        var team = valid(TeamConfiguration.read(TeamConfiguration.FILE, new byte[0]));
        var inputs = new Inputs(Map.of(), Map.of("TASK_MANAGER_OWNER", "dave"), checkout.root(), Optional.empty());
        var agent = valid(AgentConfiguration.read(inputs,
                new GitIdentity(checkout.config("reeve.owner"), checkout.userEmail()), team));
        var request = new CheckoutPass.Request(List.of(new Slug("task-" + number)), idle, mode,
                Optional::empty);
        try (var pass = new CheckoutPass(checkout, team, agent, request, Machine.real())) {
            if (!(pass.run() instanceof Ended.Reported(var report)) || !report.failures().isEmpty()) {
                throw new IllegalStateException("task-" + number + " was not reconciled");
            }
        }
    }

    private static <T> T valid(Configured<T> configured) {
        return switch (configured) {
            case Configured.Valid<T>(var value, var _, var _) -> value;
            case Configured.Faulty<T> faulty -> throw new IllegalStateException(faulty.toString());
        };
    }

    private static void git(Path folder, String... arguments) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<>(List.of("git", "-c", "gc.auto=0"));
        command.addAll(List.of(arguments));
        if (new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start().waitFor() != 0) {
            throw new IOException("git " + arguments[0] + " failed");
        }
    }

    private static double median(long[] nanos) {
        Arrays.sort(nanos);
        return nanos[nanos.length / 2] / 1e6;
    }

    private static void remove(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
