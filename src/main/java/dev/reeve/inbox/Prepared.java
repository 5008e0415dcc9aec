package dev.reeve.inbox;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;

/**
 * A statement of the path that every delivery takes, executed without JDBI, whose binding and mapping cost more than SQLite's work. Values are
 * bound one after the other.
 *
 * <p><b>Threading:</b> for the thread of its connection.
 */
final class Prepared {

    private final PreparedStatement statement;
    private int bound;

    private Prepared(PreparedStatement statement) {
        this.statement = statement;
    }

    /** What is done with a statement. */
    @FunctionalInterface
    interface Use<T> {
        T with(Prepared statement) throws SQLException;
    }

    /** Reads the only row. */
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Prepares the statement, unless the connection has kept it, and uses it. */
    static <T> T use(Handle handle, String sql, Use<T> use) {
        try {
            return use.with(new Prepared(KeptStatements.of(handle).prepared(handle.getConnection(), sql)));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    Prepared bind(@Nullable String value) throws SQLException {
        statement.setString(++bound, value);
        return this;
    }

    Prepared bind(long value) throws SQLException {
        statement.setLong(++bound, value);
        return this;
    }

    Prepared bind(@Nullable Long value) throws SQLException {
        if (value == null) {
            statement.setNull(++bound, Types.BIGINT);
            return this;
        }
        return bind(value.longValue());
    }

    Prepared bind(byte[] value) throws SQLException {
        statement.setBytes(++bound, value);
        return this;
    }

    <T> T one(Row<T> row) throws SQLException {
        try (var rows = statement.executeQuery()) {
            if (!rows.next()) {
                throw new SQLException("no row");
            }
            return row.read(rows);
        }
    }

    int execute() throws SQLException {
        return statement.executeUpdate();
    }

    /** Keeps what is bound for {@link #executeAll}; binding begins anew. */
    void add() throws SQLException {
        statement.addBatch();
        bound = 0;
    }

    /** Executes the statement for all that was added, which to a database elsewhere is one message. */
    int executeAll() throws SQLException {
        return statement.executeBatch().length;
    }
}
