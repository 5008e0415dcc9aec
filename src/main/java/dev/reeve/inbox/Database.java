package dev.reeve.inbox;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Properties;

/**
 * The open database: connections to write with, which the {@link Writer} makes and keeps, and a few pooled ones to read with.
 *
 * <p><b>Threading:</b> for any thread.
 */
final class Database implements AutoCloseable {

    /** Connecting takes no longer than this, so that a delivery is refused in time for GitHub (10 s) to hear it. */
    private static final long CONNECT_MILLIS = 4_000;

    private final Dialect dialect;
    private final @Nullable FolderLock lock;
    private final HikariDataSource reading;
    private final Jdbi writer;
    private final Jdbi reader;

    private Database(Dialect dialect, @Nullable FolderLock lock, String url, Properties writing, Properties reading) {
        this.dialect = dialect;
        this.lock = lock;
        migrate(url, writing, dialect);
        var readers = pool("inbox-reader", url, reading, 2);
        readers.setReadOnly(true);
        this.reading = new HikariDataSource(readers);
        this.writer = Jdbi.create(url, writing);
        this.writer.setStatementBuilderFactory(_ -> new KeptStatements());
        this.reader = Jdbi.create(this.reading);
    }

    /**
     * Opens the database and brings its tables up to date.
     *
     * @throws IllegalStateException when another process owns the data folder
     * @throws UncheckedIOException when the data folder can't be used
     * @throws org.flywaydb.core.api.FlywayException when the database can't be reached or was written by a newer version
     */
    static Database open(DatabaseLocation location) {
        return switch (location) {
            case DatabaseLocation.Embedded(var folder) -> openSqlite(folder);
            case DatabaseLocation.Postgres postgres -> openPostgres(postgres);
        };
    }

    private static Database openSqlite(Path folder) {
        var lock = lock(folder);
        try {
            var reading = sqliteConfig();
            reading.setReadOnly(true);
            return new Database(Dialect.SQLITE, lock, "jdbc:sqlite:" + folder.resolve("inbox.db"),
                    sqliteConfig().toProperties(), reading.toProperties());
        } catch (FlywayException e) {
            release(lock);
            throw new IllegalStateException(
                    folder.resolve("inbox.db") + " is no database of this Reeve's, or was written by a newer one: "
                            + "move it away, or start the version that wrote it",
                    e);
        } catch (RuntimeException e) {
            release(lock);
            throw e;
        }
    }

    private static SQLiteConfig sqliteConfig() {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.enforceForeignKeys(true);
        config.setBusyTimeout(5_000);
        return config;
    }

    private static Database openPostgres(DatabaseLocation.Postgres location) {
        var options = options(location);
        return new Database(Dialect.POSTGRESQL, null, location.jdbcUrl(), options, options);
    }

    static Properties options(DatabaseLocation.Postgres location) {
        var options = new Properties();
        options.setProperty("connectTimeout", Long.toString(CONNECT_MILLIS / 1000));
        options.setProperty("socketTimeout", "30");
        options.setProperty("tcpKeepAlive", "true");
        options.setProperty("ApplicationName", "reeve");
        if (location.user() != null) {
            options.setProperty("user", location.user());
        }
        if (location.password() != null) {
            options.setProperty("password", location.password());
        }
        return options;
    }

    private static void migrate(String url, Properties options, Dialect dialect) {
        // Flyway holds a connection of its own beside the one that it migrates with.
        try (var source = new HikariDataSource(pool("inbox-migrations", url, options, 2))) {
            Flyway.configure()
                    .dataSource(source)
                    .locations("classpath:db/inbox")
                    .table("inbox_migrations")
                    .placeholders(dialect.types())
                    .load()
                    .migrate();
        }
    }

    private static HikariConfig pool(String name, String url, Properties options, int connections) {
        var config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(url);
        config.setDataSourceProperties(options);
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECT_MILLIS);
        config.setInitializationFailTimeout(-1);
        return config;
    }

    Dialect dialect() {
        return dialect;
    }

    Jdbi writer() {
        return writer;
    }

    Jdbi reader() {
        return reader;
    }

    @Override
    public void close() {
        reading.close();
        if (lock != null) {
            release(lock);
        }
    }

    private static FolderLock lock(Path folder) {
        try {
            return FolderLock.take(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the data folder " + folder + " can't be used: " + e.getMessage(), e);
        }
    }

    private static void release(FolderLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
