package dev.reeve.inbox;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/**
 * Prepares each statement once for a connection that is kept, because preparing takes longer than executing. There are as many as the inbox
 * has SQL texts.
 *
 * <p><b>Threading:</b> as its connection, for one thread at a time.
 */
final class KeptStatements extends DefaultStatementBuilder {

    private final Map<String, PreparedStatement> kept = new HashMap<>();

    /** Those of a handle of {@link Database#writer}. */
    static KeptStatements of(Handle handle) {
        return (KeptStatements) handle.getStatementBuilder();
    }

    @Override
    public PreparedStatement create(Connection connection, String sql, StatementContext context) throws SQLException {
        return prepared(connection, sql);
    }

    PreparedStatement prepared(Connection connection, String sql) throws SQLException {
        var statement = kept.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            kept.put(sql, statement);
        }
        return statement;
    }

    /** Lets go of all of them: one that failed, a full disk being the case in point, stays unusable. */
    void forget() throws SQLException {
        for (var statement : kept.values()) {
            statement.close();
        }
        kept.clear();
    }

    @Override
    public void close(Connection connection, String sql, Statement statement) throws SQLException {
        if (!kept.containsValue(statement)) {
            super.close(connection, sql, statement);
        }
    }
}
