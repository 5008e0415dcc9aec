package dev.reeve.inbox;

import dev.reeve.model.Trigger;
import dev.reeve.model.WorkKey;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What operators ask about: deliveries, open work, who forced what. It only reads.
 *
 * <p><b>Threading:</b> for any thread.
 */
public final class Overview {

    private static final String DELIVERY_STATE = """
            case when exists (select 1 from work_trigger t join work w on w.id = t.work_id
                              where t.guid = delivery.guid and w.due_at is null) then 'DEAD'
                 when exists (select 1 from work_trigger t join work w on w.id = t.work_id
                              where t.guid = delivery.guid and w.lease_owner is not null) then 'RUNNING'
                 when exists (select 1 from work_trigger t where t.guid = delivery.guid) then 'WAITING'
                 when exists (select 1 from work_end e where e.guid = delivery.guid) then 'DONE'
                 else 'NOTHING_TO_DO' end""";

    /** Open work is little, so what has any is looked for from there. */
    private static final String HAS_WORK = "guid in (select guid from work_trigger where guid is not null)";

    private static final String WORK_STATE = """
            case when due_at is null then 'DEAD'
                 when lease_owner is not null and due_at > :now then 'RUNNING'
                 when due_at <= :now then 'DUE' else 'WAITING' end""";

    private static final String WORK = "select id, repository, subject, " + WORK_STATE
            + ", attempts, coalesce(dead_at, waiting_since), due_at, last_error from work ";

    private final Database database;
    private final InstantSource clock;

    Overview(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Deliveries, the newest first, at most so many. */
    public List<SeenDelivery> deliveries(DeliveryFilter filter, int limit) {
        var state = filter.state();
        var conditions = new Conditions().and("event = :event", "event", filter.event())
                .and("lower(repository) = :repository", "repository",
                        filter.repository() == null ? null : filter.repository().key())
                .and("last_received_at >= :since", "since",
                        filter.since() == null ? null : filter.since().toEpochMilli())
                .and("id < :before", "before", filter.before())
                .and(DELIVERY_STATE + " = :state", "state", state == null ? null : state.name());
        if (state != null && isOpen(state)) {
            conditions.and(HAS_WORK);
        }
        return read(handle -> deliveries(handle, conditions, limit));
    }

    private static boolean isOpen(DeliveryState state) {
        return switch (state) {
            case DEAD, RUNNING, WAITING -> true;
            case DONE, NOTHING_TO_DO -> false;
        };
    }

    /** The delivery with this id. */
    public Optional<SeenDelivery> delivery(long id) {
        return read(handle -> deliveries(handle, new Conditions().and("id = :id", "id", id), 1)).stream().findFirst();
    }

    /** The newest delivery with this GUID, whichever hook it came from. */
    public Optional<SeenDelivery> delivery(String guid) {
        return read(handle -> deliveries(handle, new Conditions().and("guid = :guid", "guid", guid), 1)).stream()
                .findFirst();
    }

    private static List<SeenDelivery> deliveries(Handle handle, Conditions conditions, int limit) {
        return conditions
                .query(handle, "select id, hook_id, guid, event, action, repository, installation, received_at, "
                        + "last_received_at, attempts, length(body), " + DELIVERY_STATE
                        + " from delivery <where> order by id desc limit :limit")
                .bind("limit", limit)
                .map((rs, _) -> new SeenDelivery(new StoredDelivery(rs.getLong(1), rs.getLong(2), rs.getString(3),
                        rs.getString(4), rs.getString(5), rs.getString(6), number(rs, 7), time(rs, 8), time(rs, 9),
                        rs.getInt(10), rs.getInt(11)), DeliveryState.valueOf(rs.getString(12))))
                .list();
    }

    /** Open work, the newest first, at most so much. */
    public List<OpenWork> work(WorkFilter filter, int limit) {
        var state = filter.state();
        return work(new Conditions()
                .and("repository_key = :repository", "repository",
                        filter.repository() == null ? null : filter.repository().key())
                .and(WORK_STATE + " = :state", "state", state == null ? null : state.name())
                .and("id < :before", "before", filter.before()), limit);
    }

    /** The open work of a key. */
    public Optional<OpenWork> work(WorkKey key) {
        return work(new Conditions().and("repository_key = :repository", "repository", key.repository().key())
                .and("subject = :subject", "subject", key.subject().key()), 1).stream().findFirst();
    }

    /** The open work that a delivery has caused, at most so much. */
    public List<OpenWork> workOf(String guid, int limit) {
        return work(new Conditions().and("id in (select work_id from work_trigger where guid = :guid)", "guid", guid),
                limit);
    }

    private List<OpenWork> work(Conditions conditions, int limit) {
        return read(handle -> conditions.query(handle, WORK + "<where> order by id desc limit :limit")
                .bind("limit", limit)
                .bind("now", clock.instant().toEpochMilli())
                .map((rs, _) -> new OpenWork(rs.getLong(1), rs.getString(2), rs.getString(3),
                        WorkState.valueOf(rs.getString(4)), rs.getInt(5), time(rs, 6),
                        number(rs, 7) == null ? null : time(rs, 7), rs.getString(8)))
                .list());
    }

    /** Why open work is wanted, oldest first, at most so many reasons. */
    public List<Trigger> triggers(OpenWork work, int limit) {
        return read(handle -> WorkView.triggers(handle, work.id(), limit)).stream()
                .map(WorkView.Numbered::trigger)
                .toList();
    }

    /** How the work ended that a delivery has caused, the latest first, at most so much. */
    public List<WorkEnd> endsOf(String guid, int limit) {
        return read(handle -> handle.createQuery("""
                select repository, subject, ended_at, attempts, last_error from work_end
                where guid = :guid order by ended_at desc, subject limit :limit""")
                .bind("guid", guid)
                .bind("limit", limit)
                .map((rs, _) -> new WorkEnd(rs.getString(1), rs.getString(2), time(rs, 3), rs.getInt(4),
                        rs.getString(5)))
                .list());
    }

    /** Who forced what, the latest first: all, or what is about one delivery. */
    public List<Forced> forced(@Nullable String guid, @Nullable Long before, int limit) {
        return read(handle -> new Conditions().and("guid = :guid", "guid", guid)
                .and("id < :before", "before", before)
                .query(handle, "select id, at, person, how, repository, subject, guid from forced <where> "
                        + "order by id desc limit :limit")
                .bind("limit", limit)
                .map((rs, _) -> new Forced(rs.getLong(1), time(rs, 2),
                        new Forcing(rs.getString(3), rs.getString(4)), rs.getString(5), rs.getString(6),
                        rs.getString(7)))
                .list());
    }

    /** How much open work there is. */
    public Pending pending() {
        return read(handle -> WorkView.pending(handle, clock.instant()));
    }

    private static Instant time(ResultSet row, int column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }

    private static @Nullable Long number(ResultSet row, int column) throws SQLException {
        return row.getObject(column) instanceof Number number ? Long.valueOf(number.longValue()) : null;
    }

    private <T> T read(Function<Handle, T> query) {
        return database.reader().withHandle(query::apply);
    }
}
