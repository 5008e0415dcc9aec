package dev.reeve.inbox;

import dev.reeve.model.RepositoryName;
import dev.reeve.model.Sha;
import dev.reeve.model.Subject;
import dev.reeve.model.Trigger;
import dev.reeve.model.WorkKey;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The statements that read work and its triggers. */
final class WorkView {

    private WorkView() {}

    /** A trigger and which arrival of its key it was. */
    record Numbered(long number, Trigger trigger) {}

    /** The key that a row is about; nothing when it was written by a version that knows more kinds of work. */
    static Optional<WorkKey> key(String repository, String subject) {
        return RepositoryName.parse(repository).flatMap(r -> Subject.parse(subject).map(s -> new WorkKey(r, s)));
    }

    /** The triggers of a row, oldest first. */
    static List<Numbered> triggers(Handle handle, long work, int limit) {
        return handle.createQuery("""
                select number, cause, guid, pull_request, push_before, push_after, seen
                from work_trigger where work_id = :work order by number limit :limit""")
                .bind("work", work)
                .bind("limit", limit)
                .map(WorkView::trigger)
                .list();
    }

    private static Numbered trigger(ResultSet rs, StatementContext context) throws SQLException {
        int pull = rs.getInt(4);
        return new Numbered(rs.getLong(1), new Trigger(rs.getString(2), rs.getString(3), pull == 0 ? null : pull,
                range(rs.getString(5), rs.getString(6)), sha(rs.getString(7))));
    }

    private static Trigger.@Nullable PushRange range(@Nullable String before, @Nullable String after) {
        return before == null || after == null ? null : new Trigger.PushRange(new Sha(before), new Sha(after));
    }

    private static @Nullable Sha sha(@Nullable String name) {
        return name == null ? null : new Sha(name);
    }

    /** When somebody has to look at the queue next: work becomes due, or a lease ends. */
    static Optional<Instant> nextDue(Handle handle) {
        return handle.createQuery("select due_at from work where due_at is not null order by due_at limit 1")
                .map((rs, _) -> Instant.ofEpochMilli(rs.getLong(1)))
                .findOne();
    }

    static Optional<Instant> nextDueAfter(Handle handle, Instant time) {
        return handle.createQuery("select due_at from work where due_at > :time order by due_at limit 1")
                .bind("time", time.toEpochMilli())
                .map((rs, _) -> Instant.ofEpochMilli(rs.getLong(1)))
                .findOne();
    }

    static Pending pending(Handle handle, Instant now) {
        return handle.createQuery("""
                select count(*) filter (where lease_owner is null and due_at <= :now),
                       count(*) filter (where lease_owner is null and due_at > :now),
                       count(*) filter (where lease_owner is not null),
                       count(*) filter (where due_at is null),
                       min(waiting_since) filter (where lease_owner is null and due_at <= :now)
                from work""")
                .bind("now", now.toEpochMilli())
                .map((rs, _) -> new Pending(rs.getLong(1), rs.getLong(2), rs.getLong(3), rs.getLong(4),
                        rs.getObject(5) instanceof Number oldest ? Instant.ofEpochMilli(oldest.longValue()) : null))
                .one();
    }
}
