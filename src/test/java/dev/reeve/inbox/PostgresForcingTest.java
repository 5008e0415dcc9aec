package dev.reeve.inbox;

class PostgresForcingTest extends ForcingContract {

    PostgresForcingTest() {
        super(Databases.POSTGRESQL);
    }
}
