package dev.reeve.inbox;

/** The contract on PostgreSQL. */
class PostgresInboxTest extends InboxContract {

    PostgresInboxTest() {
        super(Databases.POSTGRESQL);
    }
}
