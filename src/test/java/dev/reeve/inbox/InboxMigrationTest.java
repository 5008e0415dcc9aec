package dev.reeve.inbox;

import dev.reeve.kit.SettableClock;
import dev.reeve.model.Outcome;
import dev.reeve.model.Sha;
import dev.reeve.model.Trigger;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** An inbox that an older version has filled is taken over with all that is in it. */
class InboxMigrationTest {

    private static final String A = "a".repeat(40);
    private static final String B = "b".repeat(40);

    private final SettableClock clock = SettableClock.atNoon();

    @ParameterizedTest
    @EnumSource
    void anInboxOfTheFirstVersionLosesNothing(Databases databases) {
        var location = databases.fresh();
        var jdbi = migrated(location, "1");
        jdbi.useHandle(this::fill);

        isAllThere(location, null);
    }

    @ParameterizedTest
    @EnumSource
    void anInboxOfTheSecondVersionLosesNothing(Databases databases) {
        var location = databases.fresh();
        migrated(location, "1").useHandle(this::fill);
        migrated(location, "2").useHandle(
                handle -> handle.execute("update work_trigger set seen = ? where push_before is not null", B));

        isAllThere(location, new Sha(B));
    }

    private static Jdbi migrated(DatabaseLocation location, String version) {
        var dialect = location instanceof DatabaseLocation.Embedded ? Dialect.SQLITE : Dialect.POSTGRESQL;
        var url = switch (location) {
            case DatabaseLocation.Embedded(var folder) -> "jdbc:sqlite:" + folder.resolve("inbox.db");
            case DatabaseLocation.Postgres postgres -> postgres.jdbcUrl();
        };
        var user = location instanceof DatabaseLocation.Postgres postgres ? postgres.user() : null;
        Flyway.configure()
                .dataSource(url, user, null)
                .locations("classpath:db/inbox")
                .table("inbox_migrations")
                .placeholders(dialect.types())
                .target(version)
                .load()
                .migrate();
        return user == null ? Jdbi.create(url) : Jdbi.create(url, user, "");
    }

    /** A delivery that is done, one whose work is open, one whose work was given up, and work that ran when the server died. */
    private void fill(Handle handle) {
        long now = clock.instant().toEpochMilli();
        for (var guid : List.of("done", "open", "dead")) {
            handle.execute("insert into delivery (hook_id, guid, event, action, repository, installation, received_at,"
                    + " last_received_at, attempts, body) values (77, ?, 'pull_request', 'closed', 'Acme/Shop', 5, ?, ?, 2, ?)",
                    guid, now, now, "{}".getBytes(StandardCharsets.UTF_8));
        }
        work(handle, "pull/1", now, null, null);
        work(handle, "pull/2", null, now, null);
        work(handle, "push", now + 60_000, null, "somebody who died");
        handle.execute(
                "insert into work_trigger (work_id, number, cause, guid) select id, 1, 'pull_request closed', 'open'"
                        + " from work where subject = 'pull/1'");
        handle.execute(
                "insert into work_trigger (work_id, number, cause, guid) select id, 1, 'pull_request closed', 'dead'"
                        + " from work where subject = 'pull/2'");
        handle.execute("insert into work_trigger (work_id, number, cause, push_before, push_after)"
                + " select id, 1, 'push', ?, ? from work where subject = 'push'", A, B);
    }

    private static void work(Handle handle, String subject, @Nullable Long due, @Nullable Long dead,
            @Nullable String owner) {
        handle.createUpdate(
                "insert into work (repository_key, repository, subject, wanted, started, due_at, waiting_since,"
                        + " lease_owner, lease_number, attempts, last_error, dead_at) values ('acme/shop', 'Acme/Shop', :subject, 1, 0,"
                        + " :due, 0, :owner, 3, 0, 'it went wrong', :dead)")
                .bind("subject", subject)
                .bind("due", due)
                .bind("owner", owner)
                .bind("dead", dead)
                .execute();
    }

    private void isAllThere(DatabaseLocation location, @Nullable Sha seen) {
        try (var inbox = Inbox.open(Samples.settings(location, clock))) {
            clock.advance(Duration.ofMinutes(2));
            assertThat(List.of("done", "open", "dead"))
                    .allSatisfy(guid -> assertThat(inbox.overview().delivery(guid).orElseThrow().delivery().attempts())
                            .isEqualTo(2));
            assertThat(inbox.recovery().known(List.of("done", "open", "unknown"))).containsExactlyInAnyOrder("done",
                    "open");
            assertThat(inbox.overview().work(new WorkFilter(null, WorkState.DEAD, null), 10)).singleElement()
                    .satisfies(letter -> assertThat(letter.error()).isEqualTo("it went wrong"));
            var claims = inbox.queue().claim("worker", 10, Duration.ofMinutes(1)).join();
            assertThat(claims).extracting(claim -> claim.key().subject().key())
                    .containsExactlyInAnyOrder("pull/1", "push");
            assertThat(claims).flatExtracting(Claim::triggers)
                    .contains(new Trigger("push", null, null, new Trigger.PushRange(new Sha(A), new Sha(B)), seen));
            claims.forEach(claim -> assertThat(inbox.queue().finish(claim, new Outcome.Done(), List.of()).join())
                    .isEqualTo(Settlement.DONE));
            assertThat(inbox.repositories().all()).isEmpty();
            assertThat(inbox.recovery().position()).isEmpty();
        }
    }
}
