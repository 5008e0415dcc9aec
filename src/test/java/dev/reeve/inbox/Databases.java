package dev.reeve.inbox;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Fresh databases of either kind. One PostgreSQL server serves a whole test run, a database of it each test. */
public enum Databases {
    SQLITE {
        @Override
        public DatabaseLocation fresh() {
            return new DatabaseLocation.Embedded(temporaryFolder());
        }
    },
    POSTGRESQL {
        @Override
        public DatabaseLocation fresh() {
            return DatabaseLocation.parse(freshUrl());
        }

        @Override
        public String freshUrl() {
            var name = "inbox" + NUMBER.incrementAndGet();
            try (var connection = Server.POSTGRES.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("create database " + name);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return "postgresql://postgres@localhost:" + Server.POSTGRES.getPort() + "/" + name;
        }
    };

    private static final AtomicInteger NUMBER = new AtomicInteger();

    public abstract DatabaseLocation fresh();

    /** A fresh database's address, as {@code REEVE_DATABASE_URL} takes it. */
    public String freshUrl() {
        throw new UnsupportedOperationException("it has a folder and no address");
    }

    public static Path temporaryFolder() {
        try {
            var folder = Files.createTempDirectory("reeve-inbox");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setPGStartupWait(Duration.ofSeconds(60))
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
