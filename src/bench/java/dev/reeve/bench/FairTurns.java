package dev.reeve.bench;

import dev.reeve.inbox.Arrival;
import dev.reeve.inbox.Checkpoint;
import dev.reeve.inbox.Claim;
import dev.reeve.inbox.Databases;
import dev.reeve.inbox.Inbox;
import dev.reeve.inbox.QueueRunner;
import dev.reeve.inbox.Result;
import dev.reeve.inbox.RunnerSettings;
import dev.reeve.inbox.Samples;
import dev.reeve.model.Outcome;
import dev.reeve.model.RepositoryName;
import dev.reeve.model.Subject;
import dev.reeve.model.Trigger;
import dev.reeve.model.WorkKey;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;

/**
 * What a claim costs when much is due, how long a quiet repository waits beside one with a storm, and how long a delivery does while much is being noted.
 * Arguments: {@code SQLITE} or {@code POSTGRESQL}.
 */
public final class FairTurns {

    private static final int KEYS = 100_000;
    private static final int ROUNDS = 2_000;
    private static final Duration LEASE = Duration.ofMinutes(10);

    private FairTurns() {}

    /** Prints figures, a line each. */
    public static void main(String[] args) throws InterruptedException {
        var databases = Databases.valueOf(args[0]);
        claims(databases, "nothing else due", 1, 0);
        claims(databases, "100,000 keys of 1 repository", 1, KEYS);
        claims(databases, "100,000 keys of 1,000 repositories", 1_000, KEYS / 1_000);
        delay(databases, Duration.ofMillis(20));
        delay(databases, Duration.ofMillis(500));
        for (int round = 0; round < 3; round++) {
            noting(databases);
        }
    }

    /** A run ends from which 10,000 keys follow; meanwhile one delivery after the other comes. */
    private static void noting(Databases databases) {
        try (var inbox = Inbox.open(Samples.settings(databases.fresh(), InstantSource.system()))) {
            inbox.queue().enqueue(arrivals(1, 1)).join();
            var claim = inbox.queue().claim("bench", 1, LEASE).join().getFirst();
            long start = System.nanoTime();
            var noted = inbox.queue().finish(claim, new Outcome.Done(), arrivals(1, 10_000));
            long longest = 0;
            int deliveries = 0;
            for (; !noted.isDone(); deliveries++) {
                long sent = System.nanoTime();
                inbox.accept(Samples.delivery("d" + deliveries, InstantSource.system()), List.of()).join();
                longest = Math.max(longest, System.nanoTime() - sent);
            }
            System.out.printf(
                    "10,000 keys noted in %.0f ms; %d deliveries meanwhile, each acknowledged within %.0f ms%n",
                    (System.nanoTime() - start) / 1e6, deliveries, longest / 1e6);
        }
    }

    private static WorkKey key(int repository, int number) {
        return new WorkKey(new RepositoryName("acme", "r" + repository), new Subject.OfCheck(number + 1));
    }

    private static List<Arrival> arrivals(int repositories, int each) {
        return IntStream.range(0, repositories * each)
                .mapToObj(n -> new Arrival(key(n % repositories, n / repositories),
                        new Trigger("bench", "g" + n, null, null)))
                .toList();
    }

    private static void fill(Inbox inbox, List<Arrival> arrivals) {
        for (int from = 0; from < arrivals.size(); from += 5_000) {
            inbox.queue().enqueue(arrivals.subList(from, Math.min(arrivals.size(), from + 5_000))).join();
        }
    }

    /** One key is claimed, done and wanted anew, again and again. */
    private static void claims(Databases databases, String what, int repositories, int each) {
        try (var inbox = Inbox.open(Samples.settings(databases.fresh(), InstantSource.system()))) {
            fill(inbox, arrivals(repositories, each));
            var claim = new long[ROUNDS];
            var finish = new long[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                inbox.queue()
                        .enqueue(List
                                .of(new Arrival(key(0, KEYS + round), new Trigger("bench", "h" + round, null, null))))
                        .join();
                long start = System.nanoTime();
                var claims = inbox.queue().claim("bench", 1, LEASE).join();
                claim[round] = System.nanoTime() - start;
                for (var one : claims) {
                    inbox.queue().finish(one, new Outcome.Done(), List.of()).join();
                }
                finish[round] = System.nanoTime() - start - claim[round];
            }
            System.out.printf("%-36s claim p50 %.2f ms, p99 %.2f ms; finish p50 %.2f ms, p99 %.2f ms%n", what,
                    millis(claim, 0.5), millis(claim, 0.99), millis(finish, 0.5), millis(finish, 0.99));
        }
    }

    /** A storm of 10,000 keys in one repository, whose runs take a while; each 100 ms something comes for another one. */
    private static void delay(Databases databases, Duration run) throws InterruptedException {
        try (var inbox = Inbox.open(Samples.settings(databases.fresh(), InstantSource.system()))) {
            var sent = new ConcurrentHashMap<WorkKey, Long>();
            var delays = new LinkedBlockingQueue<Long>();
            var runner = new QueueRunner(inbox.queue(), claim -> work(claim, sent, delays, run),
                    RunnerSettings.usual("bench"), InstantSource.system(), Checkpoint.NONE);
            fill(inbox, arrivals(1, 10_000));
            runner.start();
            var quiet = new ArrayList<WorkKey>();
            for (int n = 0; n < 50; n++) {
                Thread.sleep(100);
                var key = key(1, n);
                quiet.add(key);
                sent.put(key, System.nanoTime());
                inbox.queue().enqueue(List.of(new Arrival(key, Trigger.of("bench")))).join();
            }
            Thread.sleep(1_000);
            var took = delays.stream().mapToLong(Long::longValue).sorted().toArray();
            long left = inbox.queue().pending().due();
            System.out.printf(
                    "runs of %d ms, storm of 10,000: %d of %d begun, delay p50 %s ms, max %s ms; %d of the storm done in 6 s%n",
                    run.toMillis(), took.length, quiet.size(),
                    took.length == 0 ? "-" : "%.1f".formatted(millis(took, 0.5)),
                    took.length == 0 ? "-" : "%.1f".formatted(millis(took, 1)), 10_000 - left);
            runner.close();
        }
    }

    private static Result work(Claim claim, Map<WorkKey, Long> sent, LinkedBlockingQueue<Long> delays, Duration run)
            throws InterruptedException {
        var at = sent.get(claim.key());
        if (at != null) {
            delays.add(System.nanoTime() - at);
        }
        Thread.sleep(run);
        return Result.of(new Outcome.Done());
    }

    private static double millis(long[] nanos, double quantile) {
        var sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(quantile * sorted.length))] / 1e6;
    }
}
