package dev.reeve.inbox;

import org.jdbi.v3.core.Handle;

import java.time.Instant;

/** The statements on who forced what. */
final class Forcings {

    private static final String RECORD = """
            insert into forced (at, person, how, repository_key, repository, subject, guid)
            values (?, ?, ?, ?, ?, ?, ?)""";

    private Forcings() {}

    static void record(Handle handle, Arrival arrival, Forcing forcing, Instant now) {
        var repository = arrival.key().repository();
        int _ = Prepared.use(handle, RECORD, statement -> statement.bind(now.toEpochMilli())
                .bind(forcing.person())
                .bind(forcing.how())
                .bind(repository.key())
                .bind(repository.toString())
                .bind(arrival.key().subject().key())
                .bind(arrival.trigger().guid())
                .execute());
    }
}
