package dev.reeve.inbox;

import dev.reeve.model.Trigger;
import dev.reeve.model.WorkKey;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The statements that change work and its triggers; what they mean together is said by {@link WorkQueue}. */
final class WorkTable {

    /** A run is shown no more triggers than this; the rest make one more run. */
    static final int MOST_TRIGGERS = 1_000;

    private static final String HELD = " where id = :id and lease_number = :lease and lease_owner is not null";

    private final Handle handle;
    private final Dialect dialect;

    WorkTable(Handle handle, Dialect dialect) {
        this.handle = handle;
        this.dialect = dialect;
    }

    /** Work that was just leased. */
    record Leased(Lease lease, String repository, String subject, long started, int failures, long waitingSince) {

        /** Nothing when the row was written by a version that knows more kinds of work. */
        Optional<WorkKey> key() {
            return WorkView.key(repository, subject);
        }
    }

    /** What a finish must know of the work. */
    record Standing(long wanted, long started, long forced, int failures) {

        boolean wantedMore() {
            return wanted > started;
        }

        /** Somebody wants it now, whatever it would wait for, and the run that ends has not seen that. */
        boolean forcedMeanwhile() {
            return forced > started;
        }

        Standing failed() {
            return new Standing(wanted, started, forced, failures + 1);
        }
    }

    private record Counted(long work, long wanted) {}

    private static final String WANT = """
            insert into work (repository_key, repository, subject, wanted, due_at, waiting_since)
            values (?, ?, ?, 1, ?, ?)
            on conflict (repository_key, subject) do update
            set wanted = work.wanted + 1, repository = excluded.repository, dead_at = null,
                attempts = case when work.due_at is null then 0 else work.attempts end,
                waiting_since = case when work.due_at is null then excluded.waiting_since else work.waiting_since end,
                due_at = coalesce(work.due_at, excluded.due_at)""";

    /** Wants one more run of the key; a dead one lives again, a leased or waiting one keeps its time. */
    void want(Arrival arrival, Instant now) {
        var work = Prepared.use(handle, WANT + " returning id, wanted",
                statement -> bindWanted(statement, arrival, now)
                        .one(row -> new Counted(row.getLong(1), row.getLong(2))));
        addTrigger(work, arrival.trigger());
        force(arrival, now);
    }

    /** As {@link #want(Arrival, Instant)}, for many at once, in their order: what they have in common is sent in a few messages. */
    void want(List<Arrival> arrivals, Instant now) {
        if (arrivals.size() == 1) {
            want(arrivals.getFirst(), now);
            return;
        }
        for (var left = arrivals; !left.isEmpty();) {
            // The trigger's number is read from the row, so each key may be wanted once in a batch.
            var keys = new HashSet<String>();
            var parts = left.stream()
                    .collect(Collectors.partitioningBy(arrival -> keys.add(WorkQueue.order(arrival.key()))));
            wantEach(parts.getOrDefault(true, List.of()), now);
            left = parts.getOrDefault(false, List.of());
        }
        arrivals.forEach(arrival -> force(arrival, now));
    }

    private void wantEach(List<Arrival> arrivals, Instant now) {
        int _ = Prepared.use(handle, WANT, statement -> {
            for (var arrival : arrivals) {
                bindWanted(statement, arrival, now).add();
            }
            return statement.executeAll();
        });
        int _ = Prepared.use(handle, ADD_TRIGGER_OF_KEY, statement -> {
            for (var arrival : arrivals) {
                bindTrigger(statement, arrival.trigger()).bind(arrival.key().repository().key())
                        .bind(arrival.key().subject().key())
                        .add();
            }
            return statement.executeAll();
        });
    }

    private static Prepared bindWanted(Prepared statement, Arrival arrival, Instant now) throws SQLException {
        var repository = arrival.key().repository();
        return statement.bind(repository.key())
                .bind(repository.toString())
                .bind(arrival.key().subject().key())
                .bind(now.toEpochMilli())
                .bind(now.toEpochMilli());
    }

    private void force(Arrival arrival, Instant now) {
        if (arrival.forcing() != null) {
            hurry(arrival, now);
            Forcings.record(handle, arrival, arrival.forcing(), now);
        }
    }

    /**
     * Makes failed work that waits for another try due now, with all its tries before it: an operator asked for it. Of work that runs it is noted, as that may
     * end in waiting.
     */
    private void hurry(Arrival arrival, Instant now) {
        int _ = handle.createUpdate("""
                update work set forced = wanted,
                    attempts = case when lease_owner is null and due_at > :now then 0 else attempts end,
                    due_at = case when lease_owner is null and due_at > :now then :now else due_at end
                where repository_key = :repository and subject = :subject""")
                .bind("now", now.toEpochMilli())
                .bind("repository", arrival.key().repository().key())
                .bind("subject", arrival.key().subject().key())
                .execute();
    }

    private static final String TRIGGER = """
            insert into work_trigger (work_id, number, cause, guid, pull_request, push_before, push_after, seen)
            """;
    private static final String ADD_TRIGGER = TRIGGER + "values (?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String ADD_TRIGGER_OF_KEY = TRIGGER
            + "select id, wanted, ?, ?, ?, ?, ?, ? from work where repository_key = ? and subject = ?";

    private void addTrigger(Counted work, Trigger trigger) {
        int _ = Prepared.use(handle, ADD_TRIGGER,
                statement -> bindTrigger(statement.bind(work.work()).bind(work.wanted()), trigger).execute());
    }

    private static Prepared bindTrigger(Prepared statement, Trigger trigger) throws SQLException {
        var range = trigger.range();
        var seen = trigger.seen();
        var pull = trigger.pullRequest() == null ? null : Long.valueOf(trigger.pullRequest());
        return statement.bind(trigger.cause())
                .bind(trigger.guid())
                .bind(pull)
                .bind(range == null ? null : range.before().value())
                .bind(range == null ? null : range.after().value())
                .bind(seen == null ? null : seen.value());
    }

    /** What the leased run is to see. Triggers beyond {@link #MOST_TRIGGERS} are left for the next run. */
    List<Trigger> triggers(Leased leased) {
        var seen = WorkView.triggers(handle, leased.lease().work(), MOST_TRIGGERS);
        if (seen.size() == MOST_TRIGGERS && seen.getLast().number() < leased.started()) {
            handle.createUpdate("update work set started = :started where id = :id")
                    .bind("started", seen.getLast().number())
                    .bind("id", leased.lease().work())
                    .execute();
        }
        return seen.stream().map(WorkView.Numbered::trigger).toList();
    }

    /** True when the lease still holds and now ends at the given time. */
    boolean extend(Lease lease, Instant until) {
        return handle.createUpdate("update work set due_at = :until" + HELD)
                .bind("until", until.toEpochMilli())
                .bind("id", lease.work())
                .bind("lease", lease.number())
                .execute() == 1;
    }

    /** Locks the row; nothing when the lease is no longer the newest. */
    Optional<Standing> standing(Lease lease) {
        return handle.createQuery("select wanted, started, forced, attempts from work" + HELD + dialect.lock())
                .bind("id", lease.work())
                .bind("lease", lease.number())
                .map((rs, _) -> new Standing(rs.getLong(1), rs.getLong(2), rs.getLong(3), rs.getInt(4)))
                .findOne();
    }

    /** Nothing is left to do. */
    void remove(Lease lease) {
        handle.createUpdate("delete from work where id = :id").bind("id", lease.work()).execute();
    }

    /** Remembers of each delivery that the run was caused by that its work was done. */
    void recordEnd(Lease lease, long upTo, Instant now) {
        int _ = Prepared.use(handle, RECORD_END, statement -> statement.bind(now.toEpochMilli())
                .bind(lease.work())
                .bind(upTo)
                .execute());
    }

    private static final String RECORD_END = """
            insert into work_end (guid, repository_key, repository, subject, ended_at, attempts, last_error)
            select distinct t.guid, w.repository_key, w.repository, w.subject, cast(? as bigint), w.attempts + 1,
                            w.last_error
            from work w join work_trigger t on t.work_id = w.id
            where w.id = ? and t.number <= ? and t.guid is not null
            on conflict (guid, repository_key, subject) do update
            set ended_at = excluded.ended_at, attempts = excluded.attempts, last_error = excluded.last_error""";

    /** The run saw these triggers and was done with them. */
    void forgetTriggers(Lease lease, long upTo) {
        handle.createUpdate("delete from work_trigger where work_id = :id and number <= :upTo")
                .bind("id", lease.work())
                .bind("upTo", upTo)
                .execute();
    }

    /** Ends the lease; the work may run again from the given time on. */
    void reschedule(Lease lease, Instant due, int failures, @Nullable String error) {
        handle.createUpdate("""
                update work set lease_owner = null, due_at = :due, waiting_since = :due, attempts = :failures,
                                last_error = :error, forced = 0
                where id = :id""")
                .bind("due", due.toEpochMilli())
                .bind("failures", failures)
                .bind("error", error)
                .bind("id", lease.work())
                .execute();
    }

    /** Ends the lease; the work is not run again until it is wanted anew. */
    void bury(Lease lease, Instant now, int failures, String error) {
        handle.createUpdate("""
                update work set lease_owner = null, due_at = null, dead_at = :now, attempts = :failures,
                                last_error = :error
                where id = :id""")
                .bind("now", now.toEpochMilli())
                .bind("failures", failures)
                .bind("error", error)
                .bind("id", lease.work())
                .execute();
    }

    /** Ends work if it is dead. */
    boolean discard(WorkKey key, Forcing by, Instant now) {
        boolean dead = handle.createUpdate("""
                delete from work where repository_key = :repository and subject = :subject and due_at is null""")
                .bind("repository", key.repository().key())
                .bind("subject", key.subject().key())
                .execute() == 1;
        if (dead) {
            Forcings.record(handle, new Arrival(key, Trigger.of("discarded")), by, now);
        }
        return dead;
    }

    private record Vanished(long work, int failures) {}

    /**
     * Ends all leases: their runs vanished with the process. When one run vanished alone, that is a failure of it. When several did, nobody knows
     * which of them it was, or whether it was any: they are spread over time by the retry policy, so that work which kills the process comes to
     * run without the others, and no attempt is counted.
     */
    void expireAll(Instant now, RetryPolicy retry) {
        var vanished = handle.createQuery("select id, attempts from work where lease_owner is not null")
                .map((rs, _) -> new Vanished(rs.getLong(1), rs.getInt(2)))
                .list();
        if (vanished.size() == 1) {
            int failures = vanished.getFirst().failures() + 1;
            release(new Vanished(vanished.getFirst().work(), failures),
                    failures == 1 ? now : later(now, failures, retry));
        } else {
            vanished.forEach(run -> release(run, later(now, Math.max(2, run.failures()), retry)));
        }
    }

    private static Instant later(Instant now, int failures, RetryPolicy retry) {
        return now.plus(retry.delayAfter(failures).orElse(Duration.ZERO));
    }

    private void release(Vanished run, Instant due) {
        handle.createUpdate("update work set lease_owner = null, due_at = :due, attempts = :failures where id = :id")
                .bind("due", due.toEpochMilli())
                .bind("failures", run.failures())
                .bind("id", run.work())
                .execute();
    }
}
