package dev.reeve.bench;

import dev.reeve.app.LocalTasks;
import dev.reeve.model.Judgement;
import dev.reeve.model.OwnerKey;
import dev.reeve.model.TasksRoot;
import dev.reeve.store.Catalog;
import dev.reeve.store.SnapshotReading;
import dev.reeve.store.SnapshotWrite;
import dev.reeve.store.Snapshots;
import dev.reeve.store.StateFolder;
import dev.reeve.store.TaskCatalog;
import dev.reeve.store.WorkingTree.Index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the parts of a heartbeat cost among many tasks, beside what the same cannot do without: reading all files' bytes (for one that knows nothing yet), asking the system for
 * each file's attributes (for one in which nothing changed). Rounds alternate, so that whatever else the machine does meets all; medians are printed.
 */
public final class HeartbeatBench {

    private static final int WARM_UP = 10;
    private static final int ROUNDS = 15;

    private final TaskWorld world;
    private final Map<String, List<Long>> nanos = new LinkedHashMap<>();

    private HeartbeatBench(TaskWorld world) {
        this.world = world;
    }

    /** Arguments: how many tasks (10,000), where to make them (the folder for temporary files). */
    public static void main(String[] args) throws IOException {
        int tasks = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        var below = Path.of(args.length > 1 ? args[1] : System.getProperty("java.io.tmpdir"));
        try (var world = TaskWorld.of(tasks, below)) {
            new HeartbeatBench(world).run();
        }
    }

    private void run() throws IOException {
        var kept = catalog();
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            measure(round, "floor: read all bytes", this::readAll);
            measure(round, "floor: walk and read all bytes", () -> walk() + readAll());
            forget();
            measure(round, "catalog, cold", () -> size(catalog().read()));
            var fresh = catalog();
            fresh.read();
            measure(round, "catalog, remembered", () -> remember(fresh));
            measure(round, "floor: stat walk", this::walk);
            measure(round, "catalog, warm, another process", () -> size(catalog().read()));
            measure(round, "catalog, warm, same process", () -> size(kept.read()));
            var judged = PlainJudgements.of(kept.read());
            measure(round, "snapshot", () -> snapshot(judged));
            measure(round, "floor: write these bytes durably", this::rewrite);
            measure(round, "snapshot, its head read", this::readHead);
        }
        print("floor: read all bytes", "catalog, cold");
        print("floor: walk and read all bytes", "catalog, cold");
        print("floor: stat walk", "catalog, warm, another process");
        print("floor: stat walk", "catalog, warm, same process");
        print("floor: read all bytes", "catalog, remembered");
        print("floor: write these bytes durably", "snapshot");
        System.out.printf("%-32s %8.1f ms%n", "snapshot, its head read", median("snapshot, its head read"));
        System.gc();
        var runtime = Runtime.getRuntime();
        System.out.printf("heap with one catalog in it: %,d MB of %,d%n",
                (runtime.totalMemory() - runtime.freeMemory()) >> 20, runtime.maxMemory() >> 20);
        size(kept.read());
    }

    /** Work that is measured; its result is only there so that it is not left out. */
    @FunctionalInterface
    private interface Work {
        long run() throws IOException;
    }

    private void measure(int round, String name, Work work) throws IOException {
        long start = System.nanoTime();
        if (work.run() == 0) {
            throw new IllegalStateException(name + " found nothing");
        }
        if (round >= 0) {
            nanos.computeIfAbsent(name, _ -> new ArrayList<>()).add(System.nanoTime() - start);
        }
    }

    private void print(String floor, String name) {
        System.out.printf("%-32s %8.1f ms   %-32s %8.1f ms   ratio %.2f%n", floor, median(floor), name, median(name),
                median(name) / median(floor));
    }

    private double median(String name) {
        var sorted = nanos.getOrDefault(name, List.of()).stream().sorted().toList();
        return sorted.get(sorted.size() / 2) / 1e6;
    }

    private TaskCatalog catalog() {
        return LocalTasks.catalog(world.checkout(), TasksRoot.DEFAULT, Index.KEPT);
    }

    private static long size(Catalog catalog) {
        return catalog.entries().size();
    }

    private static long remember(TaskCatalog catalog) {
        catalog.remember();
        return 1;
    }

    private Snapshots snapshots() {
        return new Snapshots(new StateFolder(world.checkout(), InstantSource.system()));
    }

    private long snapshot(List<Judgement> judged) throws IOException {
        var head = PlainJudgements.head(judged, Instant.now());
        return snapshots().write(head, judged) instanceof SnapshotWrite.Written ? 1 : 0;
    }

    private long readHead() throws IOException {
        return snapshots().head(new OwnerKey("dave")) instanceof SnapshotReading.Known(var head)
                ? head.counts().size()
                : 0;
    }

    /** The same bytes as the snapshot's, forced to the disk as one. */
    private long rewrite() throws IOException {
        var bytes = Files.readAllBytes(world.checkout().resolve(".tasks/task_manager/task-manager-dave.snapshot.json"));
        try (var channel = FileChannel.open(world.checkout().resolve("same.json"), StandardOpenOption.CREATE,
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
