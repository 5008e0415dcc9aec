package dev.reeve.bench;

import dev.reeve.app.LocalAgent;
import dev.reeve.app.LocalTasks;
import dev.reeve.app.Machine;
import dev.reeve.config.AgentConfiguration;
import dev.reeve.config.AgentConfiguration.GitIdentity;
import dev.reeve.config.Configured;
import dev.reeve.config.Inputs;
import dev.reeve.config.TeamConfiguration;
import dev.reeve.git.Checkout;
import dev.reeve.git.Git;
import dev.reeve.model.OwnerKey;
import dev.reeve.model.TasksRoot;
import dev.reeve.store.SnapshotReading;
import dev.reeve.store.SnapshotWrite;
import dev.reeve.store.Snapshots;
import dev.reeve.store.StateFolder;
import dev.reeve.store.TaskCatalog;
import dev.reeve.store.WorkingTree.Index;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * What a heartbeat among many tasks costs, the whole cycle with its snapshot durable on disk, beside what the same cannot do without: reading all files' bytes (for an agent that knows nothing
 * yet), asking the system for each file's attributes (for one in which nothing has changed). Then its parts.
 */
public final class HeartbeatBench {

    private static final String READ = "floor: read all bytes";
    private static final String WALK = "floor: stat walk";
    private static final String COLD = "heartbeat, cold";
    private static final String RESTARTED = "heartbeat, restarted";
    private static final String WARM = "heartbeat, warm";
    private static final int WORKTREES = 20;
    /** With more tasks than these, worktrees take too long to make and two catalogs at once too much of the heap. */
    private static final int MOST_WITH_PARTS = 20_000;

    private final TaskWorld world;
    private final int tasks;

    private HeartbeatBench(TaskWorld world, int tasks) {
        this.world = world;
        this.tasks = tasks;
    }

    /** Arguments: how many tasks (10,000), where to make them (the folder for temporary files). */
    public static void main(String[] args) throws IOException {
        int tasks = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        var below = Path.of(args.length > 1 ? args[1] : System.getProperty("java.io.tmpdir"));
        try (var world = TaskWorld.of(tasks, below)) {
            var bench = new HeartbeatBench(world, tasks);
            System.out.printf("%,d tasks%n", tasks);
            bench.cycles();
            if (tasks <= MOST_WITH_PARTS) {
                bench.parts();
                world.work(WORKTREES);
                System.out.printf("the same with %d worktrees%n", WORKTREES);
                bench.cycles();
            }
        }
    }

    private Rounds rounds() {
        return new Rounds(tasks > MOST_WITH_PARTS ? 4 : 15, tasks > MOST_WITH_PARTS ? 7 : 21);
    }

    private void cycles() throws IOException {
        var rounds = rounds();
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
        rounds.run(watch -> {
            watch.measure(READ, this::readAll);
            forget();
            try (var agent = agent()) {
                watch.measure(COLD, () -> beat(agent));
                agent.remember();
                watch.measure(WALK, this::walk);
                watch.measure(WARM, () -> beat(agent));
            }
            try (var agent = agent()) {
                watch.measure(RESTARTED, () -> beat(agent));
            }
        });
        rounds.print(READ);
        rounds.print(READ, COLD);
        rounds.print(WALK);
        rounds.print(WALK, WARM);
        rounds.print(WALK, RESTARTED);
        memory();
    }

    private LocalAgent agent() {
        var team = valid(TeamConfiguration.read(TeamConfiguration.FILE,
                TaskWorld.TEAM.getBytes(StandardCharsets.UTF_8)));
        var inputs = new Inputs(Map.of(), Map.of("TASK_MANAGER_OWNER", "dave", "TASK_MANAGER_PR_CI_CHECK", "0"),
                world.checkout(), Optional.empty());
        var agent = valid(AgentConfiguration.read(inputs, GitIdentity.unknown(), team));
        return new LocalAgent(new LocalAgent.Setting(Checkout.open(Git.onPath(), world.checkout()), team, agent,
                Optional.empty(), Optional::empty), Index.KEPT, Machine.real());
    }

    private static <T> T valid(Configured<T> read) {
        return switch (read) {
            case Configured.Valid<T>(var value, _, _) -> value;
            case Configured.Faulty<T>(var faults, _, _) -> throw new IllegalStateException(faults.toString());
        };
    }

    private long beat(LocalAgent agent) throws IOException {
        return seen(agent).beat().tasks().size();
    }

    private LocalAgent.Cycle.Seen seen(LocalAgent agent) throws IOException {
        return switch (agent.beat(Duration.ofSeconds(1))) {
            case LocalAgent.Cycle.Seen seen when seen.beat().tasks().size() == tasks -> seen;
            case LocalAgent.Cycle.Seen seen -> throw new IllegalStateException("saw " + seen.beat().counts());
            case LocalAgent.Cycle.Busy(),LocalAgent.Cycle.Refused _,LocalAgent.Cycle.CutShort() ->
                throw new IllegalStateException("who else beats here?");
        };
    }

    private void parts() throws IOException {
        var rounds = rounds();
        try (var agent = agent()) {
            var seen = seen(agent);
            System.out.println(seen.beat().counts());
            var kept = catalog();
            var snapshots = snapshots();
            rounds.run(watch -> {
                watch.measure(READ, this::readAll);
                forget();
                watch.measure("catalog, cold", () -> size(catalog()));
                watch.measure("catalog, cold, and remembered", () -> remembered(catalog()));
                watch.measure(WALK, this::walk);
                watch.measure("catalog, restarted", () -> size(catalog()));
                watch.measure("catalog, warm", () -> size(kept));
                watch.measure("snapshot, the first", () -> snapshot(snapshots(), seen));
                watch.measure("snapshot, again", () -> snapshot(snapshots, seen));
                watch.measure("floor: write these bytes durably", this::rewrite);
                watch.measure("snapshot, its head read", this::readHead);
            });
        }
        rounds.print(READ, "catalog, cold");
        rounds.print(READ, "catalog, cold, and remembered");
        rounds.print(WALK, "catalog, restarted");
        rounds.print(WALK, "catalog, warm");
        rounds.print("floor: write these bytes durably");
        rounds.print("floor: write these bytes durably", "snapshot, the first");
        rounds.print("floor: write these bytes durably", "snapshot, again");
        rounds.print("snapshot, its head read");
    }

    private static void memory() {
        long peak = 0;
        for (var pool : ManagementFactory.getMemoryPoolMXBeans()) {
            peak += pool.getType() == MemoryType.HEAP ? pool.getPeakUsage().getUsed() : 0;
        }
        System.out.printf("heap: %,d MB at the most, garbage included, of %,d%n", peak >> 20,
                Runtime.getRuntime().maxMemory() >> 20);
    }

    private TaskCatalog catalog() {
        return LocalTasks.catalog(world.checkout(), TasksRoot.DEFAULT, Index.KEPT);
    }

    private static long size(TaskCatalog catalog) throws IOException {
        return catalog.read().entries().size();
    }

    private static long remembered(TaskCatalog catalog) throws IOException {
        long size = size(catalog);
        catalog.remember();
        return size;
    }

    private Snapshots snapshots() {
        return new Snapshots(new StateFolder(world.checkout(), InstantSource.system()));
    }

    private static long snapshot(Snapshots snapshots, LocalAgent.Cycle.Seen seen) throws IOException {
        return snapshots.write(seen.head(), seen.beat().tasks()) instanceof SnapshotWrite.Written ? 1 : 0;
    }

    private long readHead() throws IOException {
        return snapshots().head(new OwnerKey("dave")) instanceof SnapshotReading.Known(var head)
                ? head.counts().size()
                : 0;
    }

    /** The same bytes as the snapshot's, forced to the disk as one. */
    private long rewrite() throws IOException {
        var bytes = Files.readAllBytes(world.checkout().resolve(".tasks/task_manager/task-manager-dave.snapshot.json"));
        try (var channel = FileChannel.open(world.top().resolve("same.json"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(ByteBuffer.wrap(bytes));
            channel.force(true);
        }
        return bytes.length;
    }

    private void forget() throws IOException {
        Files.deleteIfExists(world.checkout().resolve(".tasks/task_manager/tasks.catalog"));
    }

    private long readAll() throws IOException {
        long bytes = 0;
        for (var file : world.files()) {
            bytes += Files.readAllBytes(file).length;
        }
        return bytes;
    }

    private long walk() throws IOException {
        var bytes = new long[1];
        Files.walkFileTree(world.checkout().resolve("tasks"), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                bytes[0] += attributes.size() + attributes.lastModifiedTime().toMillis();
                return FileVisitResult.CONTINUE;
            }
        });
        return bytes[0];
    }
}
