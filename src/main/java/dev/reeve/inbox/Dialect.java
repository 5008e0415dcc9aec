package dev.reeve.inbox;

import java.util.Map;

/** All that differs between the databases in what SQL they are given. */
enum Dialect {
    /** One process, one writer: rows need no locks. */
    SQLITE("", "", "integer primary key autoincrement", "blob", "collate binary"),
    /** Several replicas: a row that another one is about to change is passed over when claiming, and waited for when finishing. */
    POSTGRESQL(" for update skip locked", " for update", "bigint generated always as identity primary key", "bytea",
            "collate \"C\"");

    private final String skipLocked;
    private final String lock;
    private final String identity;
    private final String bytes;
    private final String collation;

    Dialect(String skipLocked, String lock, String identity, String bytes, String collation) {
        this.skipLocked = skipLocked;
        this.lock = lock;
        this.identity = identity;
        this.bytes = bytes;
        this.collation = collation;
    }

    /** Ends a select that takes rows which nobody else holds. */
    String skipLocked() {
        return skipLocked;
    }

    /** Ends a select that waits for its rows and then holds them. */
    String lock() {
        return lock;
    }

    /** Follows a text that is to be compared and sorted as Java does, and by an index that is made so. */
    String collation() {
        return collation;
    }

    /** What the migrations' placeholders stand for. */
    Map<String, String> types() {
        return Map.of("identity", identity, "bytes", bytes, "collation", collation);
    }
}
