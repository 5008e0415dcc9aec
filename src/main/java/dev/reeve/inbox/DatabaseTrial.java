package dev.reeve.inbox;

import org.sqlite.SQLiteConfig;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Tries a database out without changing it, beside a server that may be using it. */
public final class DatabaseTrial {

    private DatabaseTrial() {}

    /**
     * What is there, in words for people.
     *
     * @throws IllegalStateException when it can't be used; the message says why, without a password
     */
    public static String of(DatabaseLocation location) {
        return switch (location) {
            case DatabaseLocation.Embedded(var folder) -> embedded(folder.resolve("inbox.db"));
            case DatabaseLocation.Postgres postgres ->
                "PostgreSQL "
                        + asked(postgres.jdbcUrl(), Database.options(postgres), "show server_version",
                                postgres.toString())
                        + " at " + postgres;
        };
    }

    private static String embedded(Path file) {
        if (!Files.exists(file)) {
            return file + " is not there yet; the server makes it";
        }
        var config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(5_000);
        var tables = asked("jdbc:sqlite:" + file, config.toProperties(), "select count(*) from sqlite_master",
                file.toString());
        if (tables.equals("0")) {
            throw new IllegalStateException(file + " is an empty database");
        }
        return file + " can be read";
    }

    private static String asked(String url, Properties options, String question, String shown) {
        try (var connection = DriverManager.getConnection(url, options);
                var statement = connection.createStatement();
                var answer = statement.executeQuery(question)) {
            var _ = answer.next();
            return String.valueOf(answer.getString(1));
        } catch (SQLException e) {
            // The driver's message may repeat the address, which holds a password.
            throw new IllegalStateException(shown + " can't be used (SQL state " + e.getSQLState() + ")");
        }
    }
}
