package dev.reeve.recovery;

import dev.reeve.github.DeliveryLog;
import dev.reeve.github.DeliveryLog.Entry;
import dev.reeve.github.GitHubFailure;
import dev.reeve.inbox.Inbox;
import dev.reeve.inbox.KnownRepository;
import dev.reeve.inbox.LogPosition;
import dev.reeve.inbox.LogPosition.Outage;
import dev.reeve.inbox.Repositories;
import dev.reeve.intake.Intake;
import dev.reeve.recovery.TakingIn.Left;
import dev.reeve.recovery.TakingIn.Tried;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Reads GitHub's log of deliveries and has taken in what is missing; knows how far it was read, and when it had a gap.
 *
 * <p><b>Threading:</b> one thread at a time.
 */
public final class MissedDeliveries {

    private static final Logger LOG = LoggerFactory.getLogger(MissedDeliveries.class);

    static final String TURN = "delivery log";
    /** Longer than one request takes with all its tries. */
    static final Duration TURN_TIME = Duration.ofMinutes(2);
    /** GitHub's clock, and when it deletes what is old, may differ from ours by so much. */
    private static final Duration MARGIN = Duration.ofHours(1);

    private final DeliveryLog log;
    private final Inbox inbox;
    private final InstantSource clock;
    private final RecoveryMetrics metrics;
    private final Terms terms;
    private final TakingIn takingIn;

    /**
     * On what terms it is done.
     *
     * @param kept how long GitHub keeps deliveries
     * @param holder tells this replica from the others
     * @param mostPages so many pages of a hundred entries are read at once
     * @param mostAtOnce so many deliveries are taken in at once; the others have their turn in the next round
     */
    public record Terms(Duration kept, String holder, int mostPages, int mostAtOnce) {

        /** The usual ones. */
        public Terms(Duration kept, String holder) {
            this(kept, holder, 500, 1_000);
        }
    }

    public MissedDeliveries(DeliveryLog log, Inbox inbox, Intake intake, InstantSource clock, RecoveryMetrics metrics,
            Terms terms) {
        this.log = log;
        this.inbox = inbox;
        this.clock = clock;
        this.metrics = metrics;
        this.terms = terms;
        this.takingIn = new TakingIn(log, inbox, intake, clock, metrics, terms.mostAtOnce());
    }

    /**
     * Takes in what is missing, unless another replica is at it.
     *
     * @throws GitHubFailure when the log can't be read; what was found so far is taken in
     */
    public void takeIn() {
        if (!holdsTurn()) {
            return;
        }
        try {
            inbox.recovery().position().ifPresentOrElse(this::since, this::forTheFirstTime);
        } finally {
            inbox.recovery().endTurn(TURN, terms.holder());
        }
    }

    private boolean holdsTurn() {
        return inbox.recovery().takeTurn(TURN, terms.holder(), TURN_TIME);
    }

    /** Nothing is known of any repository yet, so each is reconciled as a whole, and what was delivered before doesn't matter. */
    private void forTheFirstTime() {
        var newest = LogReading.of(log, null, 1, this::holdsTurn)
                .entries()
                .stream()
                .findFirst()
                .map(Entry::deliveredAt);
        remember(new LogPosition(newest.orElse(Instant.EPOCH), clock.instant(), null));
    }

    private void since(LogPosition last) {
        var now = clock.instant();
        var reading = LogReading.of(log, last.at(), terms.mostPages(), this::holdsTurn);
        if (reading.end() == LogReading.End.OVERTAKEN) {
            LOG.info("another replica reads GitHub's delivery log by now, which took long here");
            return;
        }
        var outage = outage(last, reading, now);
        outage.ifPresent(gap -> reconcileEverything(gap, reading.end()));
        if (reading.malformed() > 0) {
            LOG.warn("{} entries of GitHub's delivery log can't be understood and are passed over",
                    reading.malformed());
        }
        var known = inbox.recovery().known(reading.entries().stream().map(Entry::guid).distinct().toList());
        var left = takingIn.of(Missing.in(reading.entries(), known), this::holdsTurn);
        // An outage has been answered, by reconciling everything, also when something of the log is left for the next time.
        var readAt = left.tried() == Tried.ALL || outage.isPresent() ? now : last.readAt();
        remember(new LogPosition(upTo(last, reading, left), readAt, outage.orElse(last.outage())));
    }

    private static Instant upTo(LogPosition last, LogReading reading, Left left) {
        var newest = reading.entries()
                .stream()
                .map(Entry::deliveredAt)
                .max(Instant::compareTo)
                .filter(at -> at.isAfter(last.at()))
                .orElse(last.at());
        return Optional.ofNullable(left.oldest())
                .map(entry -> entry.deliveredAt().minusMillis(1))
                .filter(at -> at.isBefore(newest))
                .orElse(newest);
    }

    /** Whoever has the turn by now goes by what was known before. */
    private void remember(LogPosition position) {
        if (holdsTurn() && inbox.recovery().position(position, TURN, terms.holder()).join()) {
            metrics.readUpTo(position);
        }
    }

    /** A log that ends before it comes to what was read before has a gap, unless it was read so lately that nothing can have fallen out of it. */
    private Optional<Outage> outage(LogPosition last, LogReading reading, Instant now) {
        boolean gap = switch (reading.end()) {
            case REACHED, OVERTAKEN -> false;
            case END_OF_LOG -> Duration.between(last.readAt(), now).compareTo(terms.kept().minus(MARGIN)) > 0;
            case TOO_LONG -> true;
        };
        return gap ? Optional.of(new Outage(last.readAt(), now)) : Optional.empty();
    }

    private void reconcileEverything(Outage outage, LogReading.End end) {
        LOG.warn(
                "GitHub's delivery log {} back to {}, when it was last read: what was delivered since may be lost."
                        + " Every repository is reconciled as a whole.",
                end == LogReading.End.TOO_LONG ? "is too long to be read" : "doesn't reach", outage.from());
        metrics.outage();
        var all = inbox.repositories()
                .all()
                .stream()
                .map(KnownRepository::name)
                .map(name -> Repositories.whole(name, "deliveries may be lost"))
                .toList();
        var _ = inbox.queue().enqueue(all).join();
    }
}
