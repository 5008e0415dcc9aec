package dev.reeve.recovery;

import dev.reeve.github.DeliveryLog;
import dev.reeve.github.DeliveryLog.Entry;
import dev.reeve.github.GitHubFailure;
import dev.reeve.github.GitHubFailure.Kind;
import dev.reeve.inbox.Arrival;
import dev.reeve.inbox.Delivery;
import dev.reeve.inbox.Inbox;
import dev.reeve.inbox.KnownRepository;
import dev.reeve.inbox.LogPosition;
import dev.reeve.inbox.LogPosition.Outage;
import dev.reeve.inbox.Payload;
import dev.reeve.inbox.Repositories;
import dev.reeve.intake.Answer;
import dev.reeve.intake.Intake;
import dev.reeve.intake.Refusal;
import dev.reeve.intake.SentBefore;
import dev.reeve.model.Subject;
import dev.reeve.model.Text;
import dev.reeve.model.Trigger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Reads GitHub's log of deliveries and takes in what is missing.
 *
 * <p><b>Threading:</b> one thread at a time.
 */
public final class MissedDeliveries {

    private static final Logger LOG = LoggerFactory.getLogger(MissedDeliveries.class);

    private static final String TURN = "delivery log";
    /** Longer than one request takes with all its tries. */
    private static final Duration TURN_TIME = Duration.ofMinutes(2);
    /** The others have their turn in the next round. */
    private static final int MOST_AT_ONCE = 1_000;
    private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.UTF_8);

    private final DeliveryLog log;
    private final Inbox inbox;
    private final Intake intake;
    private final InstantSource clock;
    private final RecoveryMetrics metrics;
    private final Terms terms;

    /**
     * On what terms it is done.
     *
     * @param kept how long GitHub keeps deliveries
     * @param holder tells this replica from the others
     */
    public record Terms(Duration kept, String holder) {}

    public MissedDeliveries(DeliveryLog log, Inbox inbox, Intake intake, InstantSource clock, RecoveryMetrics metrics,
            Terms terms) {
        this.log = log;
        this.inbox = inbox;
        this.intake = intake;
        this.clock = clock;
        this.metrics = metrics;
        this.terms = terms;
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
        var newest = LogReading.of(log, null).entries().stream().findFirst().map(Entry::deliveredAt);
        remember(new LogPosition(newest.orElse(Instant.EPOCH), clock.instant(), null));
    }

    private void since(LogPosition last) {
        var now = clock.instant();
        var reading = LogReading.of(log, last.at());
        var outage = outage(last, reading, now);
        outage.ifPresent(this::reconcileEverything);
        if (reading.malformed() > 0) {
            LOG.warn("{} entries of GitHub's delivery log can't be understood and are passed over",
                    reading.malformed());
        }
        var known = inbox.recovery().known(reading.entries().stream().map(Entry::guid).distinct().toList());
        var missing = Missing.in(reading.entries(), known);
        var left = takeIn(missing);
        var newest = reading.entries().stream().map(Entry::deliveredAt).max(Instant::compareTo);
        // An outage has been answered, by reconciling everything, also when something of the log is left for the next time.
        remember(new LogPosition(left.map(entry -> entry.deliveredAt().minusMillis(1))
                .filter(at -> at.isBefore(newest.orElse(Instant.MAX)))
                .orElse(newest.filter(at -> at.isAfter(last.at())).orElse(last.at())),
                left.isPresent() && outage.isEmpty() ? last.readAt() : now, outage.orElse(last.outage())));
    }

    private void remember(LogPosition position) {
        var _ = inbox.recovery().position(position).join();
        metrics.readUpTo(position);
    }

    /** A log that ends before it comes to what was read before has a gap, unless it was read so lately that nothing can have fallen out of it. */
    private Optional<Outage> outage(LogPosition last, LogReading reading, Instant now) {
        boolean gap = switch (reading.end()) {
            case REACHED -> false;
            case END_OF_LOG -> Duration.between(last.readAt(), now).compareTo(terms.kept()) > 0;
            case TOO_LONG -> true;
        };
        return gap ? Optional.of(new Outage(last.readAt(), now)) : Optional.empty();
    }

    private void reconcileEverything(Outage outage) {
        LOG.warn(
                "GitHub's delivery log doesn't reach back to {}, when it was last read: what was delivered since may be lost."
                        + " Every repository is reconciled as a whole.",
                outage.from());
        metrics.outage();
        var all = inbox.repositories()
                .all()
                .stream()
                .map(KnownRepository::name)
                .map(name -> Repositories.whole(name, "deliveries may be lost"))
                .toList();
        var _ = inbox.queue().enqueue(all).join();
    }

    /** Gives the oldest that is left for the next time. */
    private Optional<Entry> takeIn(List<Missing> missing) {
        if (!missing.isEmpty()) {
            LOG.info("{} deliveries were missed and are taken in from GitHub's log", missing.size());
        }
        for (int i = 0; i < missing.size(); i++) {
            if (i == MOST_AT_ONCE || !holdsTurn()) {
                return Optional.of(missing.get(i).newest());
            }
            try {
                takeIn(missing.get(i));
            } catch (GitHubFailure failure) {
                LOG.warn("{} deliveries that were missed are left for the next time: {}", missing.size() - i,
                        failure.getMessage());
                return Optional.of(missing.get(i).newest());
            }
        }
        return Optional.empty();
    }

    private void takeIn(Missing one) {
        var sent = sent(one.newest());
        var hook = sent.hook().orElseGet(() -> inbox.recovery().lastHook().orElse(0));
        var answer = SentBefore.of(hook, one.newest().guid(), one.newest().event())
                .flatMap(delivery -> sent.payload().map(json -> intake.recover(delivery, json).join()))
                .orElse(null);
        if (isTakenIn(answer)) {
            metrics.recovered(one.why());
        } else {
            reconcileInstead(one.newest(), hook);
            metrics.unreadable();
        }
    }

    /** @throws GitHubFailure when it can't be asked now, or nothing can be stored; what can't be read never can */
    private DeliveryLog.Sent sent(Entry entry) {
        try {
            return log.sent(entry.id());
        } catch (GitHubFailure failure) {
            if (willNeverBeRead(failure.kind())) {
                return new DeliveryLog.Sent(OptionalLong.empty(), Optional.empty());
            }
            throw failure;
        }
    }

    private static boolean willNeverBeRead(Kind kind) {
        return switch (kind) {
            case Kind.NotFound _,Kind.Rejected _,Kind.Malformed _ -> true;
            case Kind.RateLimited _,Kind.Unavailable _,Kind.Denied _,Kind.NotInstalled _,Kind.Suspended _ -> false;
        };
    }

    private static boolean isTakenIn(@Nullable Answer answer) {
        return switch (answer) {
            case null -> false;
            case Answer.Accepted _ -> true;
            case Answer.Refused refused -> {
                if (refused.refusal() == Refusal.UNAVAILABLE) {
                    throw new IllegalStateException("a delivery that was missed can't be stored: " + refused.message());
                }
                yield false;
            }
        };
    }

    /** Where the payload is missing, cut or no good, the log still says which repository it was about. */
    private void reconcileInstead(Entry entry, long hook) {
        var known = Optional.ofNullable(entry.repository()).flatMap(inbox.repositories()::find);
        List<Arrival> arrivals = known
                .map(repository -> List.of(Repositories.whole(repository.name(), "a delivery was lost")))
                .orElseGet(() -> Optional.ofNullable(entry.installation())
                        .map(id -> List
                                .of(new Arrival(Subject.OfInstallation.of(id), Trigger.of("a delivery was lost"))))
                        .orElse(List.of()));
        LOG.warn("the delivery {} ({}) can't be read from GitHub's log{}", Text.quoted(entry.guid()),
                Text.plain(entry.event(), 64),
                arrivals.isEmpty() ? "" : "; " + names(arrivals) + " is looked at instead");
        SentBefore.of(hook, entry.guid(), entry.event())
                .ifPresentOrElse(_ -> inbox.accept(new Delivery(hook, entry.guid(), entry.event(), null,
                        known.map(KnownRepository::name).orElse(null), entry.installation(), clock.instant(),
                        Payload.of(NOTHING)), arrivals).join(), () -> inbox.queue().enqueue(arrivals).join());
    }

    private static String names(List<Arrival> arrivals) {
        return arrivals.stream()
                .map(arrival -> arrival.key().repository().toString())
                .collect(Collectors.joining(", "));
    }
}
