package dev.reeve.inbox;

class PostgresOverviewTest extends OverviewContract {

    PostgresOverviewTest() {
        super(Databases.POSTGRESQL);
    }
}
