package dev.reeve.recovery;

import dev.reeve.github.DeliveryLog;
import dev.reeve.github.DeliveryLog.Entry;
import dev.reeve.github.GitHubFailure;
import dev.reeve.github.GitHubFailure.Kind;
import dev.reeve.inbox.Delivery;
import dev.reeve.inbox.Inbox;
import dev.reeve.inbox.KnownRepository;
import dev.reeve.intake.Intake;
import dev.reeve.intake.KeptDelivery;
import dev.reeve.intake.Recovered;
import dev.reeve.intake.SentBefore;
import dev.reeve.model.Text;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Takes in what is missing, from the log itself. An entry that can't be read now keeps no other back: it is tried once in each round, and after a few its
 * repository is looked at as a whole instead.
 *
 * <p><b>Threading:</b> one thread at a time.
 */
final class TakingIn {

    private static final Logger LOG = LoggerFactory.getLogger(TakingIn.class);

    private static final int MOST_ROUNDS = 3;
    /** When so many can't be read, one after the other, it is GitHub that is down. */
    private static final int MOST_IN_A_ROW = 5;

    private final DeliveryLog log;
    private final Inbox inbox;
    private final Intake intake;
    private final InstantSource clock;
    private final RecoveryMetrics metrics;
    private final int mostAtOnce;
    /** In how many rounds an entry could not be read. */
    private final Map<String, Integer> failedRounds = new HashMap<>();

    TakingIn(DeliveryLog log, Inbox inbox, Intake intake, InstantSource clock, RecoveryMetrics metrics,
            int mostAtOnce) {
        this.log = log;
        this.inbox = inbox;
        this.intake = intake;
        this.clock = clock;
        this.metrics = metrics;
        this.mostAtOnce = mostAtOnce;
    }

    /**
     * What is left for the next time.
     *
     * @param oldest null when nothing is
     */
    record Left(@Nullable Entry oldest, Tried tried) {}

    /** How many of those that were missing were tried. */
    enum Tried {
        ALL, SOME
    }

    /**
     * Takes in what is missing, the oldest first.
     *
     * @param turn takes or keeps the turn; asked before each
     */
    Left of(List<Missing> missing, BooleanSupplier turn) {
        if (!missing.isEmpty()) {
            LOG.info("{} deliveries were missed and are taken in from GitHub's log", missing.size());
        }
        failedRounds.keySet().retainAll(missing.stream().map(one -> one.newest().guid()).collect(Collectors.toSet()));
        Entry oldest = null;
        int inARow = 0;
        for (int i = 0; i < missing.size(); i++) {
            var entry = missing.get(i).newest();
            if (i == mostAtOnce || inARow == MOST_IN_A_ROW || !turn.getAsBoolean()) {
                return some(oldest, entry, missing.size() - i);
            }
            try {
                takeIn(missing.get(i));
                inARow = 0;
            } catch (GitHubFailure failure) {
                if (failure.kind() instanceof Kind.RateLimited) {
                    return some(oldest, entry, missing.size() - i);
                }
                LOG.warn("a delivery that was missed is left for the next time: {}", failure.getMessage());
                oldest = oldest == null ? entry : oldest;
                inARow++;
            }
        }
        return new Left(oldest, Tried.ALL);
    }

    private static Left some(@Nullable Entry oldest, Entry next, int left) {
        LOG.warn("{} deliveries that were missed are left for the next time", left);
        return new Left(oldest == null ? next : oldest, Tried.SOME);
    }

    private void takeIn(Missing one) {
        var sent = sent(one.newest());
        long hook = sent.hook().orElseGet(() -> inbox.recovery().lastHook().orElse(0));
        var recovered = SentBefore.of(hook, one.newest().guid(), one.newest().event())
                .flatMap(delivery -> sent.payload().map(json -> intake.recover(delivery, json).join()))
                .orElse(Recovered.NO_GOOD);
        switch (recovered) {
            case TAKEN_IN -> metrics.recovered(one.why());
            case HERE_ALREADY -> LOG.debug("{} has come meanwhile", one.newest().guid());
            case NO_GOOD -> lookInstead(one.newest(), hook);
            case NOT_NOW -> throw new IllegalStateException("a delivery that was missed can't be stored");
        }
    }

    /** @throws GitHubFailure when it can't be read now; what never could be, or wasn't for some rounds, is empty */
    private DeliveryLog.Sent sent(Entry entry) {
        try {
            return log.sent(entry.id());
        } catch (GitHubFailure failure) {
            if (mayBeReadLater(failure.kind()) && !isGivenUp(entry, failure.kind())) {
                throw failure;
            }
            return new DeliveryLog.Sent(OptionalLong.empty(), Optional.empty());
        }
    }

    private static boolean mayBeReadLater(Kind kind) {
        return switch (kind) {
            case Kind.NotFound _,Kind.Rejected _,Kind.Malformed _ -> false;
            case Kind.RateLimited _,Kind.Unavailable _,Kind.Denied _,Kind.NotInstalled _,Kind.Suspended _ -> true;
        };
    }

    private boolean isGivenUp(Entry entry, Kind kind) {
        return !(kind instanceof Kind.RateLimited)
                && failedRounds.merge(entry.guid(), 1, Integer::sum) >= MOST_ROUNDS;
    }

    /** Where the payload is missing, cut or no good, the log still says which repository it was about. */
    private void lookInstead(Entry entry, long hook) {
        metrics.unreadable();
        var known = Optional.ofNullable(entry.repository())
                .flatMap(inbox.repositories()::find)
                .map(KnownRepository::name);
        var valid = SentBefore.of(hook, entry.guid(), entry.event());
        var arrivals = KeptDelivery.instead(known, entry.installation(), valid.map(SentBefore::guid).orElse(null));
        LOG.warn("the delivery {} ({}) can't be read from GitHub's log{}", Text.quoted(entry.guid()),
                Text.plain(entry.event(), 64), arrivals.isEmpty() ? ""
                        : "; " + arrivals.getFirst().key().repository() + " is looked at instead");
        if (valid.isPresent()) {
            var _ = inbox.recover(new Delivery(hook, entry.guid(), entry.event(), null, known.orElse(null),
                    entry.installation(), clock.instant(), KeptDelivery.lost()), arrivals).join();
        } else {
            var _ = inbox.queue().enqueue(arrivals).join();
        }
    }
}
