package dev.reeve.inbox;

import org.sqlite.SQLiteConfig;

import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Work that was given up, for who looks at the database beside a server that may be using it.
 *
 * @param error why
 */
public record DeadWork(String repository, String subject, String error) {

    private static final String NEWEST = "select repository, subject, last_error from work where dead_at is not null"
            + " order by dead_at desc limit 200";

    /** The newest of it. None where the database can't be read, which {@link DatabaseTrial} tells. */
    public static List<DeadWork> in(DatabaseLocation location) {
        if (location instanceof DatabaseLocation.Embedded(var folder) && !Files.exists(folder.resolve("inbox.db"))) {
            return List.of();
        }
        var dead = new ArrayList<DeadWork>();
        try (var connection = connect(location);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(NEWEST)) {
            while (rows.next()) {
                dead.add(new DeadWork(rows.getString(1), rows.getString(2), String.valueOf(rows.getString(3))));
            }
        } catch (SQLException _) {
            return List.of();
        }
        return List.copyOf(dead);
    }

    private static Connection connect(DatabaseLocation location) throws SQLException {
        return switch (location) {
            case DatabaseLocation.Embedded(var folder) -> {
                var config = new SQLiteConfig();
                config.setReadOnly(true);
                config.setBusyTimeout(5_000);
                yield DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("inbox.db"), config.toProperties());
            }
            case DatabaseLocation.Postgres postgres ->
                DriverManager.getConnection(postgres.jdbcUrl(), Database.options(postgres));
        };
    }
}
