package dev.reeve.bench;

import dev.reeve.inbox.DatabaseLocation;
import dev.reeve.inbox.Inbox;
import dev.reeve.inbox.Samples;
import dev.reeve.kit.FakeDelivery;
import dev.reeve.kit.FakePull;
import org.awaitility.Awaitility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;

/**
 * Merges while deliveries are dropped (GitHub's log lists them as failed), lost (nobody knows of them), doubled and late, a fifth of them each, and while
 * the real server is killed every few seconds; counts at the end what came of it. Nothing is delivered again: what the server missed it finds in the log
 * or in the repository.
 *
 * <p>Arguments: merges (200), seed (random, printed).
 */
public final class LossyHammer implements AutoCloseable {

    private static final int MERGES_A_ROUND = 10;
    /** So long after a merge of its round, drawn beforehand, a server is killed at most. */
    private static final Duration LONGEST_AFTER = Duration.ofSeconds(3);
    /** Rounds without a merge, in which what was missed is being found. */
    private static final int LATE_ROUNDS = 6;
    private static final Duration LONGEST_LATE_ROUND = Duration.ofSeconds(5);
    private static final Duration LAST_ROUND = Duration.ofMinutes(25);
    /** Tasks that nobody works on. */
    private static final int OTHERS = 20;

    private final Path folder;
    private final int merges;
    private final Random random;
    private final HammeredWorld world;
    private final Queue<FakeDelivery> late = new ArrayDeque<>();
    private final Map<Fate, Integer> fates = new EnumMap<>(Fate.class);
    private final Map<Fate, Integer> acknowledged = new EnumMap<>(Fate.class);
    private int kills;

    /** What becomes of a delivery. */
    public enum Fate {
        DELIVERED, DROPPED, LOST, DOUBLED, LATE
    }

    /**
     * What came of it.
     *
     * @param completedTwice merged tasks with more than one completing commit
     * @param wrongFiles files that changed and should not have, or should have and didn't, or changed by more than one completion
     * @param notTold merged pull requests whose check run doesn't say so
     * @param oddlyChecked merged pull requests whose head hasn't got just one check run, completed and a success
     * @param leftOpen check runs that have not come to an end
     * @param givenUp dead letters
     */
    public record Figures(int merged, int notCompleted, int completedTwice, List<String> wrongFiles, int notTold,
            List<Integer> oddlyChecked, int leftOpen, int givenUp) {

        /** What is to come of it. */
        public static Figures good(int merged) {
            return new Figures(merged, 0, 0, List.of(), 0, List.of(), 0, 0);
        }
    }

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
            System.out.println(hammer.kills + " kills, deliveries " + hammer.fates + ", answered with 202 "
                    + hammer.acknowledged);
        }
    }

    /** How often a server was killed. */
    public int kills() {
        return kills;
    }

    /** How many deliveries of this fate, at any attempt, a live server has acknowledged. */
    public int acknowledged(Fate fate) {
        return acknowledged.getOrDefault(fate, 0);
    }

    /** Merges as often as it was told while servers are killed, kills some that only look for what was missed, lets the last one finish, and counts. */
    public Figures run() throws IOException, InterruptedException {
        while (world.opened() < merges) {
            try (var server = start()) {
                mergeAround(server);
            }
        }
        for (int round = 0; round < LATE_ROUNDS; round++) {
            try (var server = start()) {
                var port = server.awaitPort();
                server.killAfter(random(LONGEST_LATE_ROUND));
                arriveLate(port, late.size() / 2);
                server.awaitDeath();
                kills++;
            }
        }
        try (var server = start()) {
            var port = server.awaitPort();
            arriveLate(port, late.size());
            awaitEnd(port);
            server.stop();
        }
        return figures();
    }

    private HammeredServer start() throws IOException {
        var environment = new HashMap<>(world.environment(folder.resolve("data")));
        environment.putAll(Map.of("REEVE_RECOVERY", "10s", "REEVE_SWEEP", "30s"));
        return HammeredServer.start(environment, folder.resolve("log-" + kills));
    }

    private Duration random(Duration most) {
        return Duration.ofMillis(random.nextLong(most.toMillis()));
    }

    /** One round: the server is killed while, or soon after, one of its merges is told of; however slow the machine, it hears of some. */
    private void mergeAround(HammeredServer server) throws InterruptedException {
        var port = server.awaitPort();
        int last = random.nextInt(MERGES_A_ROUND);
        for (int n = 0; n < MERGES_A_ROUND && world.opened() < merges; n++) {
            if (n == last) {
                server.killAfter(random(LONGEST_AFTER));
            }
            mergeNext(port);
        }
        server.killAfter(Duration.ZERO);
        server.awaitDeath();
        kills++;
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
            case DELIVERED -> arrive(webhook, delivery, fate);
            case DROPPED -> world.gitHub().deliveries().add(delivery, 502);
            case LOST -> {
            }
            case DOUBLED -> {
                arrive(webhook, delivery, fate);
                arrive(webhook, delivery, fate);
            }
            case LATE -> late.add(delivery);
        }
        if (!late.isEmpty() && random.nextBoolean()) {
            arriveLate(webhook, 1);
        }
    }

    private void arriveLate(URI webhook, int deliveries) {
        for (int n = 0; n < deliveries; n++) {
            arrive(webhook, late.remove(), Fate.LATE);
        }
    }

    /** GitHub's log lists how it was answered, and a server that is dead as no answer. */
    private void arrive(URI webhook, FakeDelivery delivery, Fate fate) {
        int status = status(webhook, delivery);
        world.gitHub().deliveries().add(delivery, status);
        if (status == 202) {
            acknowledged.merge(fate, 1, Integer::sum);
        }
    }

    private static int status(URI webhook, FakeDelivery delivery) {
        try {
            return delivery.to(webhook, HammeredWorld.SECRET).statusCode();
        } catch (UncheckedIOException _) {
            return 0;
        }
    }

    /** Until all is done, nothing is left to do, and two more sweeps have found nothing to do either. */
    private void awaitEnd(URI webhook) {
        await(() -> world.completions().size() >= merges && world.untold() == 0 && isIdle(webhook));
        long swept = world.sweeps();
        await(() -> world.sweeps() >= swept + 2 && isIdle(webhook));
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(LAST_ROUND).pollInterval(Duration.ofSeconds(1)).until(condition);
    }

    private static boolean isIdle(URI webhook) throws IOException {
        try (var metrics = webhook.resolve("/metrics").toURL().openStream()) {
            return new String(metrics.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> line.startsWith("reeve_work_pending") && !line.contains("dead"))
                    .allMatch(line -> line.endsWith(" 0.0") || line.endsWith(" 0"));
        }
    }

    private Figures figures() {
        var completions = world.completions();
        var merged = world.slugs().subList(0, merges);
        return new Figures(merges, (int) merged.stream().filter(slug -> !completions.containsKey(slug)).count(),
                (int) completions.values().stream().filter(n -> n > 1).count(), world.wrongFiles(), world.untold(),
                world.oddlyChecked(), world.leftOpen(), givenUp());
    }

    private int givenUp() {
        try (var inbox = Inbox.open(Samples.settings(new DatabaseLocation.Embedded(folder.resolve("data")),
                InstantSource.system()))) {
            return (int) inbox.queue().pending().dead();
        }
    }

    @Override
    public void close() {
        world.close();
    }
}
