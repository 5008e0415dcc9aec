package dev.reeve.bench;

import dev.reeve.inbox.Checkpoint;
import dev.reeve.inbox.DatabaseLocation;
import dev.reeve.inbox.Inbox;
import dev.reeve.inbox.InboxSettings;
import dev.reeve.kit.FakeDelivery;
import dev.reeve.kit.GitRepositories;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;

/**
 * Kills the real server with {@code kill -9} at random moments while merges arrive, starts it again each time, and counts at the end what came of the
 * promises that it made. Processes of git that a killed server leaves behind are not killed: they may end their push while the next server is
 * starting, which is the harder case.
 *
 * <p>Arguments: kills (200), seed (random, printed).
 */
public final class KillHammer implements AutoCloseable {

    private static final int MERGES_A_ROUND = 2;
    private static final Duration LAST_ROUND = Duration.ofMinutes(20);

    private final Path folder;
    private final int kills;
    private final Random random;
    private final HammeredWorld world;
    private final HammeredDesk desk;
    private final Map<String, FakeDelivery> acknowledged = new HashMap<>();
    private final Queue<FakeDelivery> undelivered = new ArrayDeque<>();
    private int redelivered;

    /**
     * What came of it.
     *
     * @param acknowledged deliveries that were answered with 202
     * @param lost of these, how many the inbox doesn't have
     * @param redelivered deliveries that were not acknowledged at first because the server died or was dead
     * @param notCompleted merged tasks that aren't completed
     * @param completedTwice merged tasks with more than one completing commit
     * @param notTold merged pull requests whose check run doesn't say so
     * @param corrupt registers that can't be read or were set aside
     * @param givenUp dead letters
     */
    public record Figures(int kills, int acknowledged, int lost, int redelivered, int merged, int notCompleted,
            int completedTwice, int notTold, int notPruned, int corrupt, int givenUp) {}

    /** @param folder empty; whoever gives it deletes it */
    public KillHammer(Path folder, int kills, long seed) {
        this.folder = folder;
        this.kills = kills;
        this.random = new Random(seed);
        this.world = new HammeredWorld(folder.resolve("remotes"), kills * MERGES_A_ROUND);
        this.desk = new HammeredDesk(new GitRepositories(folder).checkout(world.remote(), "desk"), world.slugs());
    }

    /** Runs it and prints the figures. */
    public static void main(String[] args) throws Exception {
        int kills = args.length > 0 ? Integer.parseInt(args[0]) : 200;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : System.nanoTime();
        var folder = Files.createTempDirectory("reeve-hammer").toRealPath();
        System.out.println("seed " + seed + ", in " + folder);
        Files.createDirectory(folder.resolve("remotes"));
        try (var hammer = new KillHammer(folder, kills, seed)) {
            System.out.println(hammer.run());
        }
    }

    /** Kills as often as it was told, lets the last server finish, and counts. */
    public Figures run() throws IOException, InterruptedException {
        for (int round = 0; round < kills; round++) {
            try (var server = start(round)) {
                // Some die before they listen.
                if (random.nextInt(10) == 0) {
                    Thread.sleep(random.nextInt(1_000));
                } else {
                    load(server);
                }
            }
        }
        try (var server = start(kills)) {
            var port = server.awaitPort();
            deliverAll(port);
            awaitEnd();
            server.stop();
        }
        return count();
    }

    private HammeredServer start(int round) throws IOException {
        return HammeredServer.start(world.environment(folder.resolve("data")), folder.resolve("log-" + round),
                "--checkout", HammeredWorld.REPOSITORY + "=" + desk.path());
    }

    /** Merges and deliveries until the server is killed, at any moment of the next two seconds. */
    private void load(HammeredServer server) throws InterruptedException {
        var port = server.awaitPort();
        server.killAfter(Duration.ofMillis(random.nextInt(2_000)));
        for (int n = 0; n < MERGES_A_ROUND; n++) {
            undelivered.add(merge());
        }
        deliverAll(port);
        server.awaitDeath();
    }

    private FakeDelivery merge() {
        var pull = world.open();
        HammeredWorld.merge(pull);
        return world.repository().pullRequestEvent(pull.number(), "closed");
    }

    private void deliverAll(URI webhook) {
        for (int left = undelivered.size(); left > 0; left--) {
            var delivery = undelivered.remove();
            if (isAcknowledged(webhook, delivery)) {
                acknowledged.put(delivery.guid(), delivery);
            } else {
                redelivered++;
                undelivered.add(delivery);
            }
        }
    }

    private static boolean isAcknowledged(URI webhook, FakeDelivery delivery) {
        try {
            return delivery.to(webhook, HammeredWorld.SECRET).statusCode() == 202;
        } catch (UncheckedIOException _) {
            return false;
        }
    }

    private void awaitEnd() {
        Awaitility.await()
                .atMost(LAST_ROUND)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> undelivered.isEmpty() && world.completions().size() >= world.opened()
                        && world.untold() == 0
                        && desk.entries() <= world.slugs().size() - world.opened());
    }

    private Figures count() {
        var completions = world.completions();
        int merged = world.opened();
        var settings = new InboxSettings(new DatabaseLocation.Embedded(folder.resolve("data")), InstantSource.system(),
                _ -> Optional.of(Duration.ZERO), new SimpleMeterRegistry(), Checkpoint.NONE,
                InboxSettings.USUAL_CAPACITY);
        try (var inbox = Inbox.open(settings)) {
            return new Figures(kills, acknowledged.size(), lost(inbox, acknowledged.keySet()), redelivered, merged,
                    merged - completions.size(), (int) completions.values().stream().filter(n -> n > 1).count(),
                    world.untold(), desk.entries() - (world.slugs().size() - world.opened()), desk.corrupt(),
                    (int) inbox.queue().pending().dead());
        }
    }

    private static int lost(Inbox inbox, Collection<String> guids) {
        var missing = new ArrayList<>(guids);
        missing.removeIf(guid -> inbox.overview().delivery(guid).isPresent());
        return missing.size();
    }

    @Override
    public void close() {
        world.close();
    }
}
