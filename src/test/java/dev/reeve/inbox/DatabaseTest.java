package dev.reeve.inbox;

import dev.reeve.kit.SettableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import static dev.reeve.inbox.Samples.arrival;
import static dev.reeve.inbox.Samples.delivery;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class DatabaseTest {

    private final SettableClock clock = SettableClock.atNoon();

    @Test
    void aDatabaseUrlIsReadWithItsEscapes() {
        var location = DatabaseLocation
                .parse("postgresql://re%40eve:p%3A%2F+s@db.example.com:6543/in%20box?sslmode=require");

        assertThat(location)
                .isEqualTo(new DatabaseLocation.Postgres("db.example.com", 6543, "in%20box", "sslmode=require",
                        "re@eve", "p:/+s"));
        assertThat(location).hasToString("postgresql://db.example.com:6543");
        assertThat(DatabaseLocation.parse("postgres://h/d").port()).isEqualTo(5432);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mysql://u:secret@h/d", "postgresql://u:secret@h", "postgresql://u:secret@h/",
            "postgresql://u:secret@h/a/b",
            "postgresql:///secret", "postgresql://u:secret space@h/d", "jdbc:postgresql://u:secret@h/d"})
    void whatIsNoDatabaseUrlIsRefusedWithoutRepeatingIt(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> DatabaseLocation.parse(url))
                .satisfies(e -> assertThat(e.toString()).doesNotContain("secret"));
    }

    @Test
    void aDataFolderHasOneOwnerAndIsPrivate() throws Exception {
        var folder = Databases.temporaryFolder().resolve("deep/data");
        var settings = Samples.settings(new DatabaseLocation.Embedded(folder), clock);
        try (var _ = Inbox.open(settings)) {
            assertThatIllegalStateException().isThrownBy(() -> Inbox.open(settings))
                    .withMessageContaining(folder.toString());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder))).isEqualTo("rwx------");
        }
        Inbox.open(settings).close();
    }

    @Test
    void aLostConnectionFailsAtMostTheWritesUnderWayAndIsMadeAnew() {
        try (var inbox = Inbox.open(Samples.settings(Databases.POSTGRESQL.fresh(), clock))) {
            inbox.accept(delivery("before", clock), List.of(arrival(1, "before"))).join();
            inbox.database()
                    .reader()
                    .useHandle(handle -> handle
                            .createQuery("select count(pg_terminate_backend(pid)) from pg_stat_activity "
                                    + "where datname = current_database() and pid <> pg_backend_pid()")
                            .mapTo(Long.class)
                            .one());

            assertThat(inbox.accept(delivery("after", clock), List.of(arrival(2, "after"))).join().attempt())
                    .isEqualTo(1);
            assertThat(inbox.queue().pending().due()).isEqualTo(2);
        }
    }
}
