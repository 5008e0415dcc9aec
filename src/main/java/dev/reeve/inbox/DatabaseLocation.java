package dev.reeve.inbox;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Where the inbox's database is. Its text form never shows a password. */
public sealed interface DatabaseLocation {

    /** A file in the data folder, which one process owns at a time. */
    record Embedded(Path dataFolder) implements DatabaseLocation {}

    /** A PostgreSQL server, which several replicas may share. */
    record Postgres(String host, int port, String database, String query, @Nullable String user,
            @Nullable String password) implements DatabaseLocation {

        String jdbcUrl() {
            return "jdbc:postgresql://" + host + ":" + port + "/" + database + (query.isEmpty() ? "" : "?" + query);
        }

        @Override
        public String toString() {
            return "postgresql://" + host + ":" + port;
        }
    }

    /**
     * The location that {@code postgresql://user:password@host:port/database?option=value} names, parts percent-encoded where needed.
     *
     * @throws IllegalArgumentException when the text is no such URL; the message does not repeat the URL, because it holds a password
     */
    static Postgres parse(String url) {
        var uri = uri(url);
        boolean scheme = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
        var database = uri.getRawPath() == null ? "" : uri.getRawPath();
        if (!scheme || uri.getHost() == null || !database.matches("/[^/]+")) {
            throw new IllegalArgumentException("a database URL looks like postgresql://user:password@host/database");
        }
        var login = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo();
        int colon = login.indexOf(':');
        var user = colon < 0 ? login : login.substring(0, colon);
        return new Postgres(uri.getHost(), uri.getPort() < 0 ? 5432 : uri.getPort(), database.substring(1),
                uri.getRawQuery() == null ? "" : uri.getRawQuery(), user.isEmpty() ? null : decoded(user),
                colon < 0 ? null : decoded(login.substring(colon + 1)));
    }

    private static URI uri(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("the database URL is malformed at character " + e.getIndex()
                    + "; percent-encode special characters of user and password");
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
