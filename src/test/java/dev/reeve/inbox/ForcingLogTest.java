package dev.reeve.inbox;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.reeve.kit.SettableClock;
import dev.reeve.model.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;

import static dev.reeve.inbox.Samples.arrival;
import static dev.reeve.inbox.Samples.delivery;
import static org.assertj.core.api.Assertions.assertThat;

/** Whatever is forced, by whichever means, the log says who did it. */
class ForcingLogTest {

    /** Numbers that no other test has, which may run beside this one. */
    private static final int FIRST = 947_101;
    private static final int SECOND = 947_102;

    private final SettableClock clock = SettableClock.atNoon();
    private final Inbox inbox = Inbox.open(Samples.settings(Databases.SQLITE.fresh(), clock));
    private final Logger logger = (Logger) LoggerFactory.getLogger(WorkQueue.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        logged.start();
        logger.addAppender(logged);
    }

    @AfterEach
    void close() {
        logger.detachAppender(logged);
        logger.setLevel(null);
        inbox.close();
    }

    private List<String> lines() {
        return List.copyOf(logged.list)
                .stream()
                .map(ILoggingEvent::getFormattedMessage)
                .filter(line -> line.contains("pull/94710"))
                .toList();
    }

    @Test
    void aRedeliveryAtGitHub() {
        inbox.accept(delivery("a", clock), List.of(arrival(FIRST, "a"))).join();
        assertThat(lines()).isEmpty();
        inbox.accept(delivery("a", clock), List.of(arrival(FIRST, "a"))).join();
        assertThat(lines()).containsExactly("Acme/Shop pull/947101 is forced by somebody at GitHub: redelivery");
    }

    @Test
    void aButtonOrARerun() {
        var button = arrival(FIRST, "a").forced(new Forcing("bob", "button reconcile"));
        inbox.accept(delivery("a", clock), List.of(button)).join();
        var claim = inbox.queue().claim("worker", 1, Duration.ofMinutes(1)).join().getFirst();
        var rerun = arrival(SECOND, "a").forced(new Forcing("carol", "re-run of 7"));
        inbox.queue().finish(claim, new Outcome.Done(), List.of(rerun)).join();
        assertThat(lines()).containsExactly("Acme/Shop pull/947101 is forced by bob: button reconcile",
                "Acme/Shop pull/947102 is forced by carol: re-run of 7");
    }

    @Test
    void aCallOfTheApi() {
        inbox.queue().force(new Forcing("admin token", "POST /reconcile"), List.of(arrival(FIRST, "a"))).join();
        assertThat(lines()).containsExactly("Acme/Shop pull/947101 is forced by admin token: POST /reconcile");
    }
}
