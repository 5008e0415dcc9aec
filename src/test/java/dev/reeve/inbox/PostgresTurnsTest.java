package dev.reeve.inbox;

class PostgresTurnsTest extends TurnsContract {

    PostgresTurnsTest() {
        super(Databases.POSTGRESQL);
    }
}
