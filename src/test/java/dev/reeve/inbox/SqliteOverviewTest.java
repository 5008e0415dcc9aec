package dev.reeve.inbox;

class SqliteOverviewTest extends OverviewContract {

    SqliteOverviewTest() {
        super(Databases.SQLITE);
    }
}
