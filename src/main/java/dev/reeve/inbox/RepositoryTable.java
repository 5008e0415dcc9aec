package dev.reeve.inbox;

import dev.reeve.inbox.KnownRepository.State;
import dev.reeve.model.RepositoryName;
import dev.reeve.model.Sha;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The statements on known repositories; what they mean together is said by {@link Repositories}. */
final class RepositoryTable {

    private static final String SELECT = "select id, name, installation, state, tip, swept_at from repository ";

    private RepositoryTable() {}

    static Optional<KnownRepository> find(Handle handle, RepositoryName name) {
        return handle.createQuery(SELECT + "where name_key = :key")
                .bind("key", name.key())
                .map(RepositoryTable::read)
                .findOne();
    }

    static Optional<KnownRepository> find(Handle handle, long id) {
        return handle.createQuery(SELECT + "where id = :id").bind("id", id).map(RepositoryTable::read).findOne();
    }

    static List<KnownRepository> all(Handle handle) {
        return handle.createQuery(SELECT + "order by name_key").map(RepositoryTable::read).list();
    }

    static List<KnownRepository> of(Handle handle, long installation) {
        return handle.createQuery(SELECT + "where installation = :installation order by name_key")
                .bind("installation", installation)
                .map(RepositoryTable::read)
                .list();
    }

    private static KnownRepository read(ResultSet rs, StatementContext context) throws SQLException {
        var tip = rs.getString(5);
        return new KnownRepository(rs.getLong(1), RepositoryName.parse(rs.getString(2)).orElseThrow(), rs.getLong(3),
                State.valueOf(rs.getString(4).toUpperCase(Locale.ROOT)), tip == null ? null : new Sha(tip),
                rs.getObject(6) instanceof Number at ? Instant.ofEpochMilli(at.longValue()) : null);
    }

    /** Writes the row, whatever name it had; another repository that had this name is known no longer. */
    static void put(Handle handle, KnownRepository repository, Instant sweepDue) {
        handle.createUpdate("delete from repository where name_key = :key and id <> :id")
                .bind("key", repository.name().key())
                .bind("id", repository.id())
                .execute();
        handle.createUpdate("""
                insert into repository (id, name_key, name, installation, state, sweep_due)
                values (:id, :key, :name, :installation, :state, :due)
                on conflict (id) do update
                set name_key = excluded.name_key, name = excluded.name, installation = excluded.installation,
                    state = excluded.state""")
                .bind("id", repository.id())
                .bind("key", repository.name().key())
                .bind("name", repository.name().toString())
                .bind("installation", repository.installation())
                .bind("state", repository.state().name().toLowerCase(Locale.ROOT))
                .bind("due", sweepDue.toEpochMilli())
                .execute();
    }

    static void delete(Handle handle, RepositoryName name) {
        handle.createUpdate("delete from repository where name_key = :key").bind("key", name.key()).execute();
    }

    /** Active repositories that are to be swept, the longest overdue first. Nobody else gets the same ones meanwhile. */
    static List<KnownRepository> due(Handle handle, Dialect dialect, Instant now, int limit) {
        return handle
                .createQuery(SELECT + "where state = 'active' and sweep_due <= :now order by sweep_due limit :limit"
                        + dialect.skipLocked())
                .bind("now", now.toEpochMilli())
                .bind("limit", limit)
                .map(RepositoryTable::read)
                .list();
    }

    static void sweepNext(Handle handle, long id, Instant due) {
        handle.createUpdate("update repository set sweep_due = :due where id = :id")
                .bind("due", due.toEpochMilli())
                .bind("id", id)
                .execute();
    }

    static Optional<Instant> nextSweep(Handle handle) {
        return handle.createQuery("select min(sweep_due) from repository where state = 'active'")
                .map((rs, _) -> Optional.ofNullable(rs.getObject(1) instanceof Number due
                        ? Instant.ofEpochMilli(due.longValue())
                        : null))
                .one();
    }

    static void tip(Handle handle, long id, Sha tip) {
        handle.createUpdate("update repository set tip = :tip where id = :id")
                .bind("tip", tip.value())
                .bind("id", id)
                .execute();
    }

    static void swept(Handle handle, long id, Instant now) {
        handle.createUpdate("update repository set swept_at = :now where id = :id")
                .bind("now", now.toEpochMilli())
                .bind("id", id)
                .execute();
    }

    static Map<Integer, String> pulls(Handle handle, long id) {
        var pulls = new HashMap<Integer, String>();
        handle.createQuery("select number, fingerprint from pull_seen where repository = :id")
                .bind("id", id)
                .map((rs, _) -> Map.entry(rs.getInt(1), rs.getString(2)))
                .forEach(pull -> pulls.put(pull.getKey(), pull.getValue()));
        return pulls;
    }

    /** Makes the pull requests that were seen these; writes only what differs. */
    static void pulls(Handle handle, long id, Map<Integer, String> seen) {
        var before = pulls(handle, id);
        try (var gone = handle.prepareBatch("delete from pull_seen where repository = ? and number = ?");
                var changed = handle.prepareBatch("""
                        insert into pull_seen (repository, number, fingerprint) values (?, ?, ?)
                        on conflict (repository, number) do update set fingerprint = excluded.fingerprint""")) {
            before.keySet()
                    .stream()
                    .filter(number -> !seen.containsKey(number))
                    .forEach(number -> gone.add(id, number));
            seen.forEach((number, fingerprint) -> {
                if (!fingerprint.equals(before.get(number))) {
                    changed.add(id, number, fingerprint);
                }
            });
            if (gone.size() > 0) {
                gone.execute();
            }
            if (changed.size() > 0) {
                changed.execute();
            }
        }
    }
}
