package dev.reeve.bench;

import dev.reeve.app.Dispatching;
import dev.reeve.app.GitHubToken;
import dev.reeve.app.LocalAgent;
import dev.reeve.app.Machine;
import dev.reeve.cli.RunnerMain;
import dev.reeve.config.AgentConfiguration;
import dev.reeve.config.AgentConfiguration.GitIdentity;
import dev.reeve.config.Configured;
import dev.reeve.config.Inputs;
import dev.reeve.config.TeamConfiguration;
import dev.reeve.decide.Start;
import dev.reeve.dispatch.Started;
import dev.reeve.git.Checkout;
import dev.reeve.git.Git;
import dev.reeve.model.Slug;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How long it takes from the wish for a worker to the running worker, against {@code git worktree add} and the start of a process; then what so many workers at once cost.
 */
public final class DispatchBench {

    private static final int FILES = 2_000;
    private static final int WARM_UP = 3;

    private final Path world;
    private final Path checkout;

    private DispatchBench(Path world) {
        this.world = world;
        this.checkout = world.resolve("shop");
    }

    /** Arguments: rounds (15), workers at once (20). */
    public static void main(String[] args) throws IOException, InterruptedException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 15;
        int workers = args.length > 1 ? Integer.parseInt(args[1]) : 20;
        var bench = new DispatchBench(Files.createTempDirectory("reeve-dispatch").toRealPath());
        bench.make(2 * (rounds + WARM_UP) + workers);
        try (var dispatching = bench.dispatching()) {
            bench.starts(dispatching, rounds);
            bench.together(dispatching, 2 * (rounds + WARM_UP), workers);
        }
    }

    private void make(int tasks) throws IOException, InterruptedException {
        run(world, "git", "init", "-q", "--bare", "-b", "main", "remote.git");
        run(world, "git", "clone", "-q", "remote.git", "shop");
        run(checkout, "git", "config", "user.email", "dave@example.com");
        run(checkout, "git", "config", "user.name", "dave");
        var worker = world.resolve("worker.sh");
        Files.writeString(worker, "#!/bin/sh\nexec sleep 600\n");
        Files.setPosixFilePermissions(worker, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(checkout.resolve(".reeve.yml"), "owners: {dave: {}}\nworker: {command: [" + worker + "]}\n");
        for (int i = 0; i < tasks; i++) {
            write("tasks/t" + i + ".md", "---\ntitle: Task " + i + "\nowner: dave\nstatus: ready\n---\nDo it.\n");
        }
        for (int i = 0; i < FILES; i++) {
            write("src/p" + i % 50 + "/File" + i + ".java", "class File" + i + " {}\n".repeat(100));
        }
        run(checkout, "git", "add", "-A");
        run(checkout, "git", "commit", "-q", "-m", "Begin");
        run(checkout, "git", "push", "-q", "origin", "main");
        run(checkout, "git", "remote", "set-head", "origin", "main");
    }

    private void write(String file, String content) throws IOException {
        Files.createDirectories(checkout.resolve(file).resolveSibling("."));
        Files.writeString(checkout.resolve(file), content);
    }

    private Dispatching dispatching() throws IOException {
        var environment = new TreeMap<>(System.getenv());
        environment.put("TASK_MANAGER_OWNER", "dave");
        environment.put("TASK_MANAGER_PR_CI_CHECK", "0");
        var team = valid(TeamConfiguration.read(".reeve.yml", Files.readAllBytes(checkout.resolve(".reeve.yml"))));
        var agent = valid(AgentConfiguration.read(new Inputs(Map.of(), environment, checkout, Optional.empty()),
                GitIdentity.unknown(), team));
        var setting = new LocalAgent.Setting(Checkout.open(Git.onPath(), checkout), team, agent, Optional.empty(),
                () -> GitHubToken.of(agent, environment));
        return new Dispatching(setting, environment, RunnerMain.class, Machine.real());
    }

    private static <T> T valid(Configured<T> read) {
        return switch (read) {
            case Configured.Valid<T>(var value, var _, var _) -> value;
            case Configured.Faulty<T>(var faults, var _, var _) -> throw new IllegalStateException(faults.toString());
        };
    }

    private void starts(Dispatching dispatching, int rounds) throws IOException, InterruptedException {
        var floor = new ArrayList<Long>();
        var fetching = new ArrayList<Long>();
        var ours = new ArrayList<Long>();
        for (int i = 0; i < rounds + WARM_UP; i++) {
            long bare = bare(i, List.of());
            long fetched = bare(i + rounds + WARM_UP, List.of("git", "fetch", "-q", "origin"));
            long begun = System.nanoTime();
            start(dispatching, i);
            long took = System.nanoTime() - begun;
            if (i >= WARM_UP) {
                floor.add(bare);
                fetching.add(fetched);
                ours.add(took);
            }
            dispatching.stop(slug(i), "bench", Duration.ofSeconds(30));
        }
        print("floor: git worktree add, start of the process", floor, floor);
        print("the same after git fetch", fetching, floor);
        print("reeve: fetch, look, claim, worktree, runner, worker", ours, floor);
    }

    private static Slug slug(int i) {
        return new Slug("t" + i);
    }

    private static void start(Dispatching dispatching, int i) throws InterruptedException {
        var started = dispatching.start(slug(i), Start.FORCED, "bench");
        if (!(started instanceof Started.Running)) {
            throw new IllegalStateException("t" + i + ": " + started);
        }
    }

    private long bare(int i, List<String> first) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        if (!first.isEmpty()) {
            run(checkout, first.toArray(String[]::new));
        }
        var path = world.resolve("floor").resolve("w" + i);
        run(checkout, "git", "worktree", "add", "-q", "--no-track", "-b", "floor/" + i, path.toString(), "origin/main");
        var process = new ProcessBuilder(world.resolve("worker.sh").toString()).directory(path.toFile()).start();
        long took = System.nanoTime() - begun;
        process.destroyForcibly().waitFor();
        return took;
    }

    private static void print(String what, List<Long> nanos, List<Long> floor) {
        System.out.printf("%-55s least %7.1f ms   median %7.1f ms   %.2f and %.2f times%n", what, least(nanos) / 1e6,
                median(nanos) / 1e6, (double) least(nanos) / least(floor), (double) median(nanos) / median(floor));
    }

    private static long least(List<Long> nanos) {
        return nanos.stream().mapToLong(Long::longValue).min().orElseThrow();
    }

    private static long median(List<Long> nanos) {
        var sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private void together(Dispatching dispatching, int from, int workers) throws IOException, InterruptedException {
        var runners = new ArrayList<Long>();
        long begun = System.nanoTime();
        for (int i = from; i < from + workers; i++) {
            start(dispatching, i);
            var status = Files.readString(checkout.resolve("tasks/logs/dispatch-t" + i + ".status.json"));
            runners.add(Long.valueOf(status.replaceAll("(?s).*\"runner_pid\": ([0-9]+).*", "$1")));
        }
        System.out.printf("%d workers at once, started in %.1f s%n", workers, (System.nanoTime() - begun) / 1e9);
        memory(runners);
        for (int i = from; i < from + workers; i++) {
            dispatching.stop(slug(i), "bench", Duration.ofSeconds(60));
        }
        System.out
                .println("left running: " + runners.stream().filter(pid -> ProcessHandle.of(pid).isPresent()).count());
    }

    private static void memory(List<Long> runners) throws IOException {
        long[] resident = new long[runners.size()];
        long[] share = new long[runners.size()];
        for (int i = 0; i < resident.length; i++) {
            for (var line : Files.readAllLines(Path.of("/proc/" + runners.get(i) + "/smaps_rollup"))) {
                resident[i] += line.startsWith("Rss:") ? kilobytes(line) : 0;
                share[i] += line.startsWith("Pss:") ? kilobytes(line) : 0;
            }
        }
        System.out.printf(
                "a runner, resident: %.1f MB at the most, %.1f on average; its share of what is shared counted once: %.1f%n",
                Arrays.stream(resident).max().orElseThrow() / 1024.0,
                Arrays.stream(resident).average().orElseThrow() / 1024.0,
                Arrays.stream(share).average().orElseThrow() / 1024.0);
    }

    private static long kilobytes(String line) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
    }

    private static void run(Path folder, String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command));
        }
    }
}
