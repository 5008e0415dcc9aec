package dev.reeve.bench;

import dev.reeve.kit.FakeDelivery;
import dev.reeve.kit.FakePull;
import org.awaitility.Awaitility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Random;

/**
 * Merges while deliveries are dropped (GitHub's log lists them as failed), lost (nobody knows of them), doubled and late, a fifth of them each, and while
 * the real server is killed every few seconds; counts at the end what came of it. Nothing is delivered again: what the server missed it finds in the log
 * or in the repository.
 *
 * <p>Arguments: merges (200), seed (random, printed).
 */
public final class LossyHammer implements AutoCloseable {

    private static final int MERGES_A_ROUND = 10;
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(4);
    private static final Duration LAST_ROUND = Duration.ofMinutes(10);
    /** Tasks that nobody works on. */
    private static final int OTHERS = 20;

    private final Path folder;
    private final int merges;
    private final Random random;
    private final HammeredWorld world;
    private final Queue<FakeDelivery> late = new ArrayDeque<>();
    private final Map<Fate, Integer> fates = new HashMap<>();
    private int kills;

    /** What becomes of a delivery. */
    public enum Fate {
        DELIVERED, DROPPED, LOST, DOUBLED, LATE
    }

    /**
     * What came of it.
     *
     * @param completedTwice merged tasks with more than one completing commit
     * @param othersTouched tasks that were completed although nothing of theirs was merged
     * @param notTold merged pull requests whose check run doesn't say so
     * @param leftOpen check runs that have not come to an end
     */
    public record Figures(int merged, int notCompleted, int completedTwice, int othersTouched, int notTold,
            int leftOpen) {}

    /** @param folder empty; whoever gives it deletes it */
    public LossyHammer(Path folder, int merges, long seed) throws IOException {
        this.folder = folder;
        this.merges = merges;
        this.random = new Random(seed);
        this.world = new HammeredWorld(Files.createDirectory(folder.resolve("remotes")), merges + OTHERS);
    }

    /** Runs it and prints the figures. */
    public static void main(String[] args) throws Exception {
        int merges = args.length > 0 ? Integer.parseInt(args[0]) : 200;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : System.nanoTime();
        var folder = Files.createTempDirectory("reeve-hammer").toRealPath();
        System.out.println("seed " + seed + ", in " + folder);
        try (var hammer = new LossyHammer(folder, merges, seed)) {
            System.out.println(hammer.run());
            System.out.println(hammer.kills + " kills, deliveries " + hammer.fates);
        }
    }

    /** Merges as often as it was told while servers are killed, lets the last server finish, and counts. */
    public Figures run() throws IOException, InterruptedException {
        while (world.opened() < merges) {
            try (var server = start()) {
                var port = server.awaitPort();
                server.killAfter(Duration.ofMillis(random.nextLong(LONGEST_ROUND.toMillis())));
                for (int n = 0; n < MERGES_A_ROUND && world.opened() < merges; n++) {
                    mergeNext(port);
                }
                server.awaitDeath();
                kills++;
            }
        }
        try (var server = start()) {
            var port = server.awaitPort();
            while (!late.isEmpty()) {
                arrive(port, late.remove());
            }
            awaitEnd();
            server.stop();
        }
        return figures();
    }

    private HammeredServer start() throws IOException {
        var environment = new HashMap<>(world.environment(folder.resolve("data")));
        environment.putAll(Map.of("REEVE_RECOVERY", "10s", "REEVE_SWEEP", "10s"));
        return HammeredServer.start(environment, folder.resolve("log-" + kills));
    }

    private void mergeNext(URI webhook) {
        var pull = world.open();
        deliver(webhook, pull, "opened");
        HammeredWorld.merge(pull);
        deliver(webhook, pull, "closed");
    }

    private void deliver(URI webhook, FakePull pull, String action) {
        var delivery = world.repository().pullRequestEvent(pull.number(), action);
        var fate = Fate.values()[random.nextInt(Fate.values().length)];
        fates.merge(fate, 1, Integer::sum);
        switch (fate) {
            case DELIVERED -> arrive(webhook, delivery);
            case DROPPED -> world.gitHub().deliveries().add(delivery, 502);
            case LOST -> {
            }
            case DOUBLED -> {
                arrive(webhook, delivery);
                arrive(webhook, delivery);
            }
            case LATE -> late.add(delivery);
        }
        if (!late.isEmpty() && random.nextBoolean()) {
            arrive(webhook, late.remove());
        }
    }

    /** GitHub's log lists how it was answered, and a server that is dead as no answer. */
    private void arrive(URI webhook, FakeDelivery delivery) {
        world.gitHub().deliveries().add(delivery, status(webhook, delivery));
    }

    private static int status(URI webhook, FakeDelivery delivery) {
        try {
            return delivery.to(webhook, HammeredWorld.SECRET).statusCode();
        } catch (UncheckedIOException _) {
            return 0;
        }
    }

    private void awaitEnd() {
        Awaitility.await()
                .atMost(LAST_ROUND)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> world.completions().size() >= merges && world.untold() == 0 && world.leftOpen() == 0);
    }

    private Figures figures() {
        var completions = world.completions();
        var merged = world.slugs().subList(0, merges);
        return new Figures(merges, (int) merged.stream().filter(slug -> !completions.containsKey(slug)).count(),
                (int) completions.values().stream().filter(n -> n > 1).count(),
                (int) world.slugs().stream().skip(merges).filter(completions::containsKey).count(), world.untold(),
                world.leftOpen());
    }

    @Override
    public void close() {
        world.close();
    }
}
