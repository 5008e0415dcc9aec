package dev.reeve.inbox;

import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * The statement that leases due work. It goes from repository to repository by an index, from the one after that which had its turn last, and takes of
 * each what has been due longest: so it costs as much as it takes, whatever else is due.
 */
final class TurnTable {

    /** A repository whose work is due, and that may have more. */
    private static final String MAY = """
            ((select due_at from work where repository_key <collation> = %1$s.key and due_at is not null
              order by due_at, id limit 1) <= :now
             and replace(:full, ' ' || %1$s.key || ' ', '') = :full)""";

    private static final String NEXT = """
            (select w.repository_key from work w where w.repository_key <collation> > %s and w.due_at is not null
             order by w.repository_key <collation> limit 1)""";

    /** {@code ahead} and {@code behind} hold each repository with open work, until enough of them have any that is due. */
    private static final String LEASE = """
            with recursive ahead (key, found) as (
                select %1$s, 0
                union all
                select %2$s, ahead.found + case when %3$s then 1 else 0 end
                from ahead where ahead.key is not null and ahead.found < :limit),
            behind (key, found) as (
                select %4$s, 0
                union all
                select %5$s, behind.found + case when %6$s then 1 else 0 end
                from behind where behind.key <collation> <= :after and behind.found < :limit),
            lane (lap, key) as (
                select 1, key from ahead where %3$s
                union all
                select 2, key from behind where key <collation> <= :after and %6$s),
            pick (lap, key, nth, id) as (
                select lap, key, 1, (select w.id from work w
                                     where w.repository_key <collation> = lane.key and w.due_at <= :now
                                     order by w.due_at, w.id limit 1)
                from lane
                union all
                select pick.lap, pick.key, pick.nth + 1, (
                    select w.id from work w
                    where w.repository_key <collation> = pick.key and w.due_at <= :now
                      and (w.due_at, w.id) > ((select due_at from work where id = pick.id), pick.id)
                    order by w.due_at, w.id limit 1)
                from pick where pick.id is not null and pick.nth < :each),
            taken as materialized (
                select id from pick where id is not null order by nth, lap, key <collation> limit :limit),
            due as materialized (
                select id from work where id in (select id from taken) and due_at <= :now<skipLocked>)
            update work
            set attempts = attempts + case when lease_owner is null then 0 else 1 end,
                lease_owner = :owner, lease_number = lease_number + 1, due_at = :until, started = wanted
            where id in (select id from due)
            returning id, lease_number, repository, subject, started, attempts, waiting_since"""
            .formatted(NEXT.formatted(":after"), NEXT.formatted("ahead.key"), MAY.formatted("ahead"),
                    NEXT.formatted("''"), NEXT.formatted("behind.key"), MAY.formatted("behind"));

    private TurnTable() {}

    /** Leases due work. A lease that ran out counts as a failure of its run. */
    static List<WorkTable.Leased> lease(Handle handle, Dialect dialect, String owner, Turn turn, Instant now,
            Instant until) {
        return handle
                .createQuery(
                        LEASE.replace("<collation>", dialect.collation()).replace("<skipLocked>", dialect.skipLocked()))
                .bind("now", now.toEpochMilli())
                .bind("limit", turn.limit())
                .bind("each", turn.each())
                .bind("after", turn.after())
                .bind("full", turn.fullText())
                .bind("owner", owner)
                .bind("until", until.toEpochMilli())
                .map((rs, _) -> new WorkTable.Leased(new Lease(rs.getLong(1), rs.getLong(2)), rs.getString(3),
                        rs.getString(4), rs.getLong(5), rs.getInt(6), rs.getLong(7)))
                .stream()
                .sorted(Comparator.comparingLong(WorkTable.Leased::waitingSince)
                        .thenComparingLong(leased -> leased.lease().work()))
                .toList();
    }
}
