package dev.reeve.inbox;

import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.util.Optional;

/** The statements on deliveries. */
final class DeliveryTable {

    private DeliveryTable() {}

    private static final String RECORD = """
            insert into delivery (hook_id, guid, event, action, repository, installation,
                                  received_at, last_received_at, attempts, body)
            values (?, ?, ?, ?, ?, ?, ?, ?, 1, ?)
            on conflict (hook_id, guid) do update
            set attempts = delivery.attempts + 1, last_received_at = excluded.last_received_at
            returning id, attempts""";

    /** Stores the delivery, or counts one more attempt of it. */
    static Receipt record(Handle handle, Delivery delivery) {
        var repository = delivery.repository() == null ? null : delivery.repository().toString();
        long now = delivery.receivedAt().toEpochMilli();
        return Prepared.use(handle, RECORD, statement -> statement.bind(delivery.hookId())
                .bind(delivery.guid())
                .bind(delivery.event())
                .bind(delivery.action())
                .bind(repository)
                .bind(delivery.installation())
                .bind(now)
                .bind(now)
                .bind(delivery.body().bytes())
                .one(row -> new Receipt(row.getLong(1), row.getInt(2))));
    }

    /** Stores the delivery unless one with this GUID is there, of whichever hook: the event is the same. */
    static Optional<Receipt> recordIfAbsent(Handle handle, Delivery delivery) {
        long now = delivery.receivedAt().toEpochMilli();
        return handle.createQuery("""
                insert into delivery (hook_id, guid, event, action, repository, installation,
                                      received_at, last_received_at, attempts, body)
                select :hook, :guid, :event, cast(:action as text), cast(:repository as text),
                       cast(:installation as bigint), :now, :now, 1, :body
                where not exists (select 1 from delivery where guid = :guid)
                on conflict (hook_id, guid) do nothing
                returning id""")
                .bind("hook", delivery.hookId())
                .bind("guid", delivery.guid())
                .bind("event", delivery.event())
                .bind("action", delivery.action())
                .bind("repository", delivery.repository() == null ? null : delivery.repository().toString())
                .bind("installation", delivery.installation())
                .bind("now", now)
                .bind("body", delivery.body().bytes())
                .map((rs, _) -> new Receipt(rs.getLong(1), 1))
                .findOne();
    }

    static Optional<Payload> body(Handle handle, long id) {
        return handle.createQuery("select body from delivery where id = :id")
                .bind("id", id)
                .map((rs, _) -> Payload.of(rs.getBytes(1)))
                .findOne();
    }

    /** Deletes at most so many deliveries that last came before the given time and that no open work was caused by. */
    static int purge(Handle handle, Instant before, int limit) {
        return handle.createUpdate("""
                delete from delivery where id in (
                    select id from delivery
                    where last_received_at < :before
                      and not exists (select 1 from work_trigger where work_trigger.guid = delivery.guid)
                    order by last_received_at limit :limit)""")
                .bind("before", before.toEpochMilli())
                .bind("limit", limit)
                .execute();
    }

    /** Deletes at most so many records of work that ended before the given time. */
    static int purgeEnds(Handle handle, Instant before, int limit) {
        return handle.createUpdate("""
                delete from work_end where (guid, repository_key, subject) in (
                    select guid, repository_key, subject from work_end
                    where ended_at < :before order by ended_at limit :limit)""")
                .bind("before", before.toEpochMilli())
                .bind("limit", limit)
                .execute();
    }
}
