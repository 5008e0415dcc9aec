package dev.reeve.inbox;

/** The contract on SQLite. */
class SqliteInboxTest extends InboxContract {

    SqliteInboxTest() {
        super(Databases.SQLITE);
    }
}
