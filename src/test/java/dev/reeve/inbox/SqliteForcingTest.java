package dev.reeve.inbox;

class SqliteForcingTest extends ForcingContract {

    SqliteForcingTest() {
        super(Databases.SQLITE);
    }
}
