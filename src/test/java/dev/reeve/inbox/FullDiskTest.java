package dev.reeve.inbox;

import dev.reeve.kit.SettableClock;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import static dev.reeve.inbox.Samples.arrival;
import static dev.reeve.inbox.Samples.delivery;
import static org.assertj.core.api.Assertions.assertThat;

/** A disk without room, as SQLite meets it. */
class FullDiskTest {

    private static final byte[] LARGE = new byte[50_000];
    private final SettableClock clock = SettableClock.atNoon();

    @Test
    void whatDoesNotFitIsRefusedWithNothingLeftBehindAndWhatFitsOrComesLaterIsKept() {
        try (var inbox = Inbox.open(Samples.settings(Databases.SQLITE.fresh(), clock))) {
            inbox.accept(delivery("before", clock), List.of(arrival(1, "before"))).join();
            limitPages(inbox, "(select page_count + 40 from pragma_page_count)");

            var attempts = IntStream.range(0, 30)
                    .mapToObj(n -> inbox.accept(delivery("g" + n, clock, LARGE),
                            List.of(arrival(100 + n, "g" + n))))
                    .toList();
            var kept = attempts.stream().filter(FullDiskTest::succeeds).count();

            assertThat(kept).isBetween(1L, 4L);
            assertThat(count(inbox, "delivery")).isEqualTo(1 + kept);
            assertThat(count(inbox, "work")).isEqualTo(1 + kept);
            assertThat(count(inbox, "work_trigger")).isEqualTo(1 + kept);

            limitPages(inbox, "1000000");
            assertThat(inbox.accept(delivery("after", clock, LARGE), List.of(arrival(2, "after"))).join().attempt())
                    .isEqualTo(1);
            assertThat(inbox.accept(delivery("g29", clock, LARGE), List.of(arrival(129, "g29"))).join().attempt())
                    .as("the redelivery of what was refused")
                    .isEqualTo(1);
        }
    }

    private static boolean succeeds(CompletableFuture<Receipt> attempt) {
        return attempt.handle((_, failure) -> {
            assertThat(failure == null || failure.getCause() instanceof NotDurableException).isTrue();
            return failure == null;
        }).join();
    }

    private static void limitPages(Inbox inbox, String limit) {
        inbox.writer().submit(Writer.NO_ROWS, handle -> {
            long pages = limit.startsWith("(") ? number(handle, "select " + limit) : Long.parseLong(limit);
            return number(handle, "pragma max_page_count = " + pages);
        }).join();
    }

    private static long count(Inbox inbox, String table) {
        return inbox.database().reader().withHandle(handle -> number(handle, "select count(*) from " + table));
    }

    private static long number(Handle handle, String sql) {
        return handle.createQuery(sql).mapTo(Long.class).one();
    }

    @Test
    void moreWritesThanMayWaitAreRefusedAtOnce() {
        var settings = Samples.settings(Databases.SQLITE.fresh(), clock);
        var small = new InboxSettings(settings.location(), clock, settings.retry(), settings.metrics(),
                settings.checkpoint(), 4);
        try (var inbox = Inbox.open(small)) {
            var attempts = IntStream.range(0, 2_000)
                    .mapToObj(n -> inbox.accept(delivery("g" + n, clock, LARGE), List.of()))
                    .toList();
            var kept = attempts.stream().filter(FullDiskTest::succeeds).count();

            assertThat(kept).isBetween(4L, 1_999L);
            assertThat(count(inbox, "delivery")).isEqualTo(kept);
        }
    }
}
