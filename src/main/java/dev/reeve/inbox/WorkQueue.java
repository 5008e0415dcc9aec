package dev.reeve.inbox;

import dev.reeve.model.Outcome;
import dev.reeve.model.Text;
import dev.reeve.model.WorkKey;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * Work by key. An arrival counts its key's {@code wanted} up; a claim leases the key and remembers how many arrivals it saw; a run that is done
 * removes the work when nothing arrived meanwhile, else it is due again. Work that waits for its time after a failure or a rate limit is
 * not hurried by arrivals, only by those that somebody {@linkplain #force forces}.
 *
 * <p><b>Threading:</b> for any thread. What depends on a returned future without an executor runs on the thread that writes the database
 * and must be short. The futures fail with {@link NotDurableException} when nothing was changed.
 */
public final class WorkQueue {

    private static final Logger LOG = LoggerFactory.getLogger(WorkQueue.class);

    /** However long a service says we should wait, we look again after a day. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);
    private static final int LONGEST_ERROR = 500;

    private final Database database;
    private final Writer writer;
    private final InstantSource clock;
    private final RetryPolicy retry;
    private final InboxMetrics metrics;
    private final Portions portions;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    WorkQueue(Database database, Writer writer, InboxSettings settings, InboxMetrics metrics) {
        this.database = database;
        this.writer = writer;
        this.clock = settings.clock();
        this.retry = settings.retry();
        this.metrics = metrics;
        this.portions = new Portions(writer, database.dialect(), clock);
    }

    /** Called after work became due by something that this process did; on the thread that writes, so it must be short. */
    public void onArrival(Runnable listener) {
        listeners.add(listener);
    }

    /** Wants a run for each arrival's key; completes with how many arrivals there were. */
    public CompletableFuture<Integer> enqueue(List<Arrival> arrivals) {
        var sorted = sorted(arrivals);
        return write(order(sorted), table -> want(table, sorted, clock.instant())).whenComplete((_, failure) -> {
            if (failure == null) {
                announce(sorted);
            }
        });
    }

    /** Wants a run for each arrival's key at once, whatever it waits for, and records who forced that, together. */
    public CompletableFuture<Integer> force(Forcing by, List<Arrival> arrivals) {
        return enqueue(arrivals.stream().map(arrival -> arrival.forced(by)).toList());
    }

    /**
     * Leases at most {@code limit} keys that are due to the worker.
     *
     * @param worker who asks, for people
     * @param lease how long the worker has until it must have finished or renewed
     */
    public CompletableFuture<List<Claim>> claim(String worker, int limit, Duration lease) {
        return claim(worker, Turn.of(limit), lease);
    }

    /** Leases keys that are due to the worker, by turns between repositories. */
    CompletableFuture<List<Claim>> claim(String worker, Turn turn, Duration lease) {
        var now = clock.instant();
        return writer.submit(Writer.ANY_ROWS, handle -> {
            var table = new WorkTable(handle, database.dialect());
            var claims = new ArrayList<Claim>();
            for (var leased : TurnTable.lease(handle, database.dialect(), worker, turn, now,
                    now.plus(lease))) {
                claim(table, leased, now).ifPresent(claims::add);
            }
            return List.copyOf(claims);
        }).whenComplete((claims, failure) -> {
            if (failure == null) {
                claims.forEach(claim -> metrics.claimed(claim, now));
            }
        });
    }

    private Optional<Claim> claim(WorkTable table, WorkTable.Leased leased, Instant now) {
        var key = leased.key();
        if (key.isEmpty()) {
            table.bury(leased.lease(), now, leased.failures(), "this version doesn't know such work");
        } else if (leased.failures() > 0 && retry.delayAfter(leased.failures()).isEmpty()) {
            table.bury(leased.lease(), now, leased.failures(), "its runs vanished without an outcome");
        } else {
            return Optional.of(new Claim(key.get(), table.triggers(leased), leased.failures() + 1,
                    Instant.ofEpochMilli(leased.waitingSince()), leased.lease()));
        }
        return Optional.empty();
    }

    /**
     * Records how a run ended, together with the work that follows from it; where that is much, some of it goes ahead. A lease that ran out but was not given
     * to anybody else still counts; after that nothing is changed.
     */
    public CompletableFuture<Settlement> finish(Claim claim, Outcome outcome, List<Arrival> followUps) {
        var sorted = sorted(followUps);
        var now = clock.instant();
        return portions
                .andThen(sorted,
                        last -> write(order(claim.key()), table -> table.standing(claim.lease()).map(standing -> {
                            var settlement = settle(table, claim.lease(), standing, outcome, now);
                            want(table, last, now);
                            return settlement;
                        }).orElse(Settlement.LEASE_LOST)))
                .whenComplete((settlement, failure) -> {
                    if (failure == null) {
                        metrics.settled(settlement);
                        announce(sorted);
                    }
                });
    }

    private Settlement settle(WorkTable table, Lease lease, WorkTable.Standing standing, Outcome outcome, Instant now) {
        return switch (outcome) {
            case Outcome.Done() -> done(table, lease, standing, now);
            case Outcome.Failed(var reason) -> failed(table, lease, standing, reason, now);
            case Outcome.RetryAfter(var notBefore, var reason) -> {
                var latest = now.plus(LONGEST_WAIT);
                yield retry(table, lease, standing, notBefore.isAfter(latest) ? latest : notBefore, reason, now);
            }
            case Outcome.GiveUp(var reason) -> buryUnlessWanted(table, lease, standing, reason, now);
        };
    }

    private static Settlement done(WorkTable table, Lease lease, WorkTable.Standing standing, Instant now) {
        table.recordEnd(lease, standing.started(), now);
        table.forgetTriggers(lease, standing.started());
        if (standing.wantedMore()) {
            table.reschedule(lease, now, 0, null);
            return Settlement.AGAIN;
        }
        table.remove(lease);
        return Settlement.DONE;
    }

    private Settlement failed(WorkTable table, Lease lease, WorkTable.Standing before, String reason, Instant now) {
        var standing = before.failed();
        return retry.delayAfter(standing.failures())
                .map(delay -> retry(table, lease, standing, now.plus(delay), reason, now))
                .orElseGet(() -> buryUnlessWanted(table, lease, standing, reason, now));
    }

    /** What somebody forced during the run doesn't wait for another try; a limit that GitHub has set is found out anew. */
    private static Settlement retry(WorkTable table, Lease lease, WorkTable.Standing standing, Instant due,
            String reason, Instant now) {
        if (standing.forcedMeanwhile()) {
            table.reschedule(lease, now, 0, shown(reason));
            return Settlement.AGAIN;
        }
        table.reschedule(lease, due, standing.failures(), shown(reason));
        return Settlement.RETRY;
    }

    /** What arrived during the last run must be followed by another one, so it keeps the work from dying. */
    private static Settlement buryUnlessWanted(WorkTable table, Lease lease, WorkTable.Standing standing, String reason,
            Instant now) {
        if (standing.wantedMore()) {
            table.reschedule(lease, now, 0, shown(reason));
            return Settlement.AGAIN;
        }
        table.bury(lease, now, standing.failures(), shown(reason));
        return Settlement.DEAD;
    }

    private static String shown(String reason) {
        return Text.plain(reason, LONGEST_ERROR);
    }

    /** Makes the leases last so long from now; completes with the claims whose lease somebody else has by now. */
    public CompletableFuture<List<Claim>> renew(List<Claim> claims, Duration lease) {
        var until = clock.instant().plus(lease);
        var sorted = claims.stream().sorted(Comparator.comparing(claim -> order(claim.key()))).toList();
        return write(sorted.isEmpty() ? Writer.NO_ROWS : order(sorted.getFirst().key()),
                table -> sorted.stream().filter(claim -> !table.extend(claim.lease(), until)).toList());
    }

    /** Ends dead work for good, and records who wanted that, together; completes with whether there was any. */
    public CompletableFuture<Boolean> discard(Forcing by, WorkKey key) {
        var now = clock.instant();
        return write(order(key), table -> table.discard(key, by, now)).whenComplete((discarded, failure) -> {
            if (failure == null && discarded) {
                LOG.info("{} is discarded, {}", key, by.cause());
            }
        });
    }

    /** How much work there is. */
    public Pending pending() {
        return read(handle -> WorkView.pending(handle, clock.instant()));
    }

    /** When work becomes due or a lease runs out next; it may be in the past. */
    public Optional<Instant> nextDue() {
        return read(WorkView::nextDue);
    }

    /** When work becomes due or a lease runs out after that time. */
    Optional<Instant> nextDueAfter(Instant time) {
        return time.equals(Instant.MIN) ? nextDue() : read(handle -> WorkView.nextDueAfter(handle, time));
    }

    /** False when nothing can be written any more. */
    boolean isOpen() {
        return writer.isAlive();
    }

    /** They are durable; the log tells which of them somebody forced. */
    void announce(List<Arrival> arrivals) {
        arrivals.forEach(arrival -> {
            if (arrival.forcing() != null) {
                LOG.info("{} is {}", arrival.key(), arrival.forcing().cause());
            }
        });
        if (!arrivals.isEmpty()) {
            announce();
        }
    }

    void announce() {
        listeners.forEach(Runnable::run);
    }

    /** Everybody locks rows in one order, so that replicas don't block each other for good. */
    static List<Arrival> sorted(List<Arrival> arrivals) {
        return arrivals.stream().sorted(Comparator.comparing(arrival -> order(arrival.key()))).toList();
    }

    static String order(List<Arrival> sorted) {
        return sorted.isEmpty() ? Writer.NO_ROWS : order(sorted.getFirst().key());
    }

    static String order(WorkKey key) {
        return key.repository().key() + " " + key.subject().key();
    }

    private static int want(WorkTable table, List<Arrival> arrivals, Instant now) {
        table.want(arrivals, now);
        return arrivals.size();
    }

    private <T> CompletableFuture<T> write(String order, Function<WorkTable, T> change) {
        return writer.submit(order, handle -> change.apply(new WorkTable(handle, database.dialect())));
    }

    private <T> T read(Function<Handle, T> query) {
        return database.reader().withHandle(query::apply);
    }
}
