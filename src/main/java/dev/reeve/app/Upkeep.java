package dev.reeve.app;

import dev.reeve.inbox.Inbox;
import dev.reeve.inbox.KnownRepository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What has to be done now and then: old deliveries are deleted, clones packed, and those given up that nothing is kept for. */
final class Upkeep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    /** Who forced something is asked long after it was done. */
    private static final Duration RECORD_KEPT = Duration.ofDays(90);

    private final Inbox inbox;
    private final Sites sites;
    private final InstantSource clock;
    private final ScheduledExecutorService timer = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().name("upkeep").daemon().factory());

    Upkeep(Inbox inbox, Sites sites, InstantSource clock) {
        this.inbox = inbox;
        this.sites = sites;
        this.clock = clock;
        var _ = timer.scheduleWithFixedDelay(this::run, 10, 60, TimeUnit.MINUTES);
    }

    private void run() {
        try {
            var now = clock.instant();
            int deleted = inbox.purge(now.minus(Inbox.KEPT)).join();
            int _ = inbox.purgeEnds(now.minus(Inbox.KEPT)).join();
            int _ = inbox.purgeForced(now.minus(RECORD_KEPT)).join();
            giveUpWhatIsGone();
            sites.maintain();
            LOG.debug("{} old deliveries deleted, clones packed", deleted);
        } catch (RuntimeException e) {
            LOG.warn("upkeep failed and is tried again in an hour: {}", e.toString());
        }
    }

    /** Where none is known, nothing was listed yet. */
    private void giveUpWhatIsGone() {
        var known = inbox.repositories().all().stream().map(KnownRepository::name).collect(Collectors.toSet());
        if (!known.isEmpty()) {
            sites.giveUpAllBut(known);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
