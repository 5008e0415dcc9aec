package dev.reeve.inbox;

import org.jdbi.v3.core.Handle;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * What is kept of looking for deliveries that were missed.
 *
 * <p><b>Threading:</b> for any thread.
 */
public final class Recovery {

    private static final int ASKED_AT_ONCE = 500;

    private final Database database;
    private final Writer writer;
    private final InstantSource clock;

    Recovery(Database database, Writer writer, InstantSource clock) {
        this.database = database;
        this.writer = writer;
        this.clock = clock;
    }

    /** How far the log was read; nothing when it never was. */
    public Optional<LogPosition> position() {
        return database.reader()
                .withHandle(handle -> handle.createQuery(
                        "select log_at, read_at, outage_from, outage_until from recovery where id = 1")
                        .map((rs, _) -> {
                            var outage = rs.getObject(3) instanceof Number from
                                    && rs.getObject(4) instanceof Number until
                                            ? new LogPosition.Outage(Instant.ofEpochMilli(from.longValue()),
                                                    Instant.ofEpochMilli(until.longValue()))
                                            : null;
                            return new LogPosition(Instant.ofEpochMilli(rs.getLong(1)),
                                    Instant.ofEpochMilli(rs.getLong(2)), outage);
                        })
                        .findOne());
    }

    /** Remembers how far the log was read, as long as it is the holder's turn; completes with whether it was. */
    public CompletableFuture<Boolean> position(LogPosition position, String turn, String holder) {
        var outage = position.outage();
        var now = clock.instant();
        return writer.submit(Writer.NO_ROWS, handle -> handle.createUpdate("""
                insert into recovery (id, log_at, read_at, outage_from, outage_until)
                select 1, cast(:at as bigint), cast(:read as bigint), cast(:from as bigint), cast(:until as bigint)
                where exists (select 1 from turn where name = :turn and holder = :holder and held_until > :now)
                on conflict (id) do update
                set log_at = excluded.log_at, read_at = excluded.read_at,
                    outage_from = excluded.outage_from, outage_until = excluded.outage_until""")
                .bind("at", position.at().toEpochMilli())
                .bind("read", position.readAt().toEpochMilli())
                .bind("from", outage == null ? null : Long.valueOf(outage.from().toEpochMilli()))
                .bind("until", outage == null ? null : Long.valueOf(outage.until().toEpochMilli()))
                .bind("turn", turn)
                .bind("holder", holder)
                .bind("now", now.toEpochMilli())
                .execute() == 1);
    }

    /** Which of these GUIDs the inbox has, of whichever hook: the event is the same. */
    public Set<String> known(Collection<String> guids) {
        var known = new HashSet<String>();
        var all = List.copyOf(guids);
        for (int from = 0; from < all.size(); from += ASKED_AT_ONCE) {
            var some = all.subList(from, Math.min(all.size(), from + ASKED_AT_ONCE));
            known.addAll(database.reader().withHandle(handle -> known(handle, some)));
        }
        return known;
    }

    private static List<String> known(Handle handle, List<String> guids) {
        return handle.createQuery("select distinct guid from delivery where guid in (<guids>)")
                .bindList("guids", guids)
                .mapTo(String.class)
                .list();
    }

    /** The hook that the newest delivery came from. */
    public OptionalLong lastHook() {
        return database.reader()
                .withHandle(handle -> handle.createQuery("select hook_id from delivery order by id desc limit 1")
                        .mapTo(Long.class)
                        .findOne())
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    /**
     * Takes or keeps the turn at something that only one replica does at a time.
     *
     * @param holder who asks; unique
     * @return whether it is the holder's, for so long
     */
    public boolean takeTurn(String name, String holder, Duration time) {
        var now = clock.instant();
        return writer.submit(Writer.NO_ROWS, handle -> handle.createUpdate("""
                insert into turn (name, holder, held_until) values (:name, :holder, :until)
                on conflict (name) do update set holder = excluded.holder, held_until = excluded.held_until
                where turn.holder = excluded.holder or turn.held_until <= :now""")
                .bind("name", name)
                .bind("holder", holder)
                .bind("until", now.plus(time).toEpochMilli())
                .bind("now", now.toEpochMilli())
                .execute() == 1).join();
    }

    /** Gives the turn back, so that another replica may have it at once. */
    public void endTurn(String name, String holder) {
        int _ = writer.submit(Writer.NO_ROWS, handle -> handle
                .createUpdate("delete from turn where name = :name and holder = :holder")
                .bind("name", name)
                .bind("holder", holder)
                .execute()).join();
    }
}
