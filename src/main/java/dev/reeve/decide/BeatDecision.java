package dev.reeve.decide;

import dev.reeve.model.BeatFacts;
import dev.reeve.model.CatalogEntry;
import dev.reeve.model.DeskFacts;
import dev.reeve.model.Incident;
import dev.reeve.model.Judgement;
import dev.reeve.model.Judgement.Dispatchability;
import dev.reeve.model.Priority;
import dev.reeve.model.PullRequest;
import dev.reeve.model.Run;
import dev.reeve.model.Signal;
import dev.reeve.model.SignalKind;
import dev.reeve.model.TaskPath;
import dev.reeve.model.TaskSummary;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a heartbeat makes of a queue and of each task in it. */
public final class BeatDecision {

    /** The order of tasks in one bucket, and of those that workers are started for: priority, age, slug. */
    public static final Comparator<CatalogEntry> WITHIN_BUCKET = BeatDecision::compare;

    /** The order in which tasks are shown: bucket, priority, age, slug. */
    public static final Comparator<Judgement> ORDER = BeatDecision::compare;

    private BeatDecision() {}

    /**
     * What holds for the whole queue: all workers of this checkout count, whoever's tasks they carry out, and a usage limit that any of them
     * ran into; of several the one that ends last. Pull requests count when they are about tasks of this queue, each once.
     */
    public static QueueState queue(Collection<BeatFacts> all, HeartbeatPolicy policy) {
        int workers = 0;
        var inReview = new HashSet<Integer>();
        Optional<QueueState.Pause> pause = Optional.empty();
        for (var facts : all) {
            workers += RunStanding.of(facts) instanceof RunStanding.MayLive ? 1 : 0;
            PullRequests.open(facts)
                    .filter(_ -> Whose.of(facts, policy) instanceof Whose.Ours)
                    .map(PullRequest::number)
                    .ifPresent(inReview::add);
            var its = pause(facts, policy);
            pause = its.isEmpty() ? pause : later(pause, its);
        }
        return new QueueState(workers, inReview.size(), pause);
    }

    private static Optional<QueueState.Pause> pause(BeatFacts facts, HeartbeatPolicy policy) {
        return RunStanding.last(facts)
                .map(Run::retryAt)
                .filter(until -> UsageLimit.holds(until, policy.now()))
                .map(until -> new QueueState.Pause(facts.slug(), until));
    }

    private static Optional<QueueState.Pause> later(Optional<QueueState.Pause> one, Optional<QueueState.Pause> other) {
        return Stream.concat(one.stream(), other.stream())
                .max(Comparator.comparing(QueueState.Pause::until).thenComparing(QueueState.Pause::reporter));
    }

    /**
     * What is to be made of one task. Nothing for a slug without a task file of which there is nothing to say: what a register or dispatch
     * files still hold of it is no task.
     *
     * @param found what the passes have found about it, in any order; not regarded for a task in another person's queue
     */
    public static Optional<Judgement> judge(BeatFacts facts, List<Signal> found, QueueState queue,
            HeartbeatPolicy policy) {
        var whose = Whose.of(facts, policy);
        var signals = whose instanceof Whose.Anothers ? List.<Signal>of() : Incidents.ordered(found);
        var given = new Case(facts, whose, signals, queue, policy);
        var dispatch = DispatchRules.decide(given);
        var overdue = overdue(given, dispatch);
        var all = overdue.isEmpty() ? given
                : given.with(Incidents.ordered(Stream.concat(given.signals().stream(), overdue.stream()).toList()));
        return isNothing(all) ? Optional.empty() : Optional.of(judgement(all, dispatch));
    }

    /**
     * Why no run of a task may be started.
     *
     * @param judgement what was made of the task just now
     */
    public static Optional<String> obstacle(Judgement judgement, QueueState queue, HeartbeatPolicy policy,
            Start start) {
        var given = new Case(judgement.facts(), Whose.of(judgement.facts(), policy), List.of(), queue, policy);
        return switch (start) {
            case READY -> switch (judgement.dispatch()) {
                case Dispatchability.Dispatchable _ -> Optional.empty();
                case Dispatchability.NotDispatchable(var reason) -> Optional.of(reason);
            };
            case FORCED, CONTINUED -> DispatchRules.harm(given);
            case FOLLOW_UP -> DispatchRules.harm(given).or(() -> DispatchRules.noTimeToTell(given));
        };
    }

    /** Whether a worker is at a task, or may be. */
    public static boolean hasWorker(BeatFacts facts) {
        return RunStanding.of(facts) instanceof RunStanding.MayLive;
    }

    /** Runs of a task that count so far. */
    public static int attempts(BeatFacts facts) {
        return Attempts.counted(facts);
    }

    /** Whether it would be the same at any other time: nothing is known of the task but its file, and no worker may be started for it. */
    public static boolean isTimeless(Judgement judgement) {
        var facts = judgement.facts();
        return facts.detail().isEmpty() && facts.standing().isEmpty()
                && judgement.dispatch() instanceof Dispatchability.NotDispatchable;
    }

    private static boolean isNothing(Case given) {
        boolean mayLive = RunStanding.of(given.facts()) instanceof RunStanding.MayLive;
        boolean silent = given.attention().isEmpty() && !mayLive;
        return given.facts().task() instanceof CatalogEntry.Missing
                && (silent || given.whose() instanceof Whose.Anothers);
    }

    private static Judgement judgement(Case given, Dispatchability dispatch) {
        for (var rule : BucketRule.values()) {
            var reason = rule.holds(given, dispatch);
            if (reason.isPresent()) {
                return new Judgement(given.facts(), rule.bucket(), reason.get(), dispatch,
                        Incidents.of(given.facts(), given.signals()));
            }
        }
        throw new IllegalStateException("no rule holds for " + given.facts().slug());
    }

    private static Optional<Signal> overdue(Case given, Dispatchability dispatch) {
        boolean claimed = given.facts()
                .desk()
                .filter(desk -> !(desk.claim() instanceof DeskFacts.Claim.None))
                .isPresent();
        if (claimed || !(dispatch instanceof Dispatchability.Dispatchable(var since))) {
            return Optional.empty();
        }
        var waited = Duration.between(since, given.policy().now());
        return waited.compareTo(given.policy().pickupOverdue()) > 0
                ? Optional.of(Signal.of(SignalKind.PICKUP_OVERDUE, given.facts().slug(),
                        "it could be dispatched for " + Durations.inWords(waited) + " and nobody picked it up"))
                : Optional.empty();
    }

    /** The incidents of these tasks: those that ask for a person first, then in the order of the tasks. */
    public static List<Incident> incidents(Collection<Judgement> judgements) {
        return judgements.stream()
                .filter(judgement -> judgement.incident().isPresent())
                .sorted(Comparator.comparing((Judgement judgement) -> judgement.incident().orElseThrow().severity())
                        .reversed()
                        .thenComparing(ORDER))
                .map(judgement -> judgement.incident().orElseThrow())
                .toList();
    }

    private static int compare(Judgement one, Judgement other) {
        int order = one.bucket().compareTo(other.bucket());
        return order == 0 ? WITHIN_BUCKET.compare(one.facts().task(), other.facts().task()) : order;
    }

    private static int compare(CatalogEntry one, CatalogEntry other) {
        int order = priority(one).compareTo(priority(other));
        if (order == 0) {
            order = modified(one).compareTo(modified(other));
        }
        if (order == 0) {
            order = one.slug().compareTo(other.slug());
        }
        return order == 0 ? path(one).compareTo(path(other)) : order;
    }

    /** What a faulty file would say can't be known; it stands where tasks stand that say nothing. */
    private static Priority priority(CatalogEntry entry) {
        return entry instanceof CatalogEntry.Valid(var task) ? task.priority() : Priority.P2;
    }

    private static Instant modified(CatalogEntry entry) {
        return entry instanceof CatalogEntry.Valid(TaskSummary task) ? task.modified() : Instant.EPOCH;
    }

    private static String path(CatalogEntry entry) {
        return entry.path().map(TaskPath::value).orElse("");
    }
}
