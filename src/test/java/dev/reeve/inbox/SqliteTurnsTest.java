package dev.reeve.inbox;

class SqliteTurnsTest extends TurnsContract {

    SqliteTurnsTest() {
        super(Databases.SQLITE);
    }
}
