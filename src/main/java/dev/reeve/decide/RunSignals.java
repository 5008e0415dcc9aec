package dev.reeve.decide;

import dev.reeve.model.BeatFacts;
import dev.reeve.model.CatalogEntry;
import dev.reeve.model.Run;
import dev.reeve.model.Signal;
import dev.reeve.model.SignalKind;
import dev.reeve.model.TaskStatus;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a task's last run has to say: failed, gone, stalled, resting, paused. */
final class RunSignals {

    private RunSignals() {}

    static List<Signal> of(BeatFacts facts, HeartbeatPolicy policy) {
        if (facts.desk().isEmpty()) {
            return List.of();
        }
        var signals = new ArrayList<Signal>();
        ReconcileDecision.faults(facts.desk().get().run(), facts.slug()).ifPresent(signals::add);
        if (isOpen(facts.task())) {
            signals.addAll(ofOpen(facts, policy));
        }
        return signals;
    }

    /** A run of a task that is over or gone is for the register's pruning to judge. */
    private static boolean isOpen(CatalogEntry entry) {
        return switch (entry) {
            case CatalogEntry.Valid(var task) -> !task.status().isFinal();
            case CatalogEntry.Faulty _ -> true;
            case CatalogEntry.Missing _ -> false;
        };
    }

    private static List<Signal> ofOpen(BeatFacts facts, HeartbeatPolicy policy) {
        return switch (RunStanding.of(facts)) {
            case RunStanding.MayLive() -> stalled(facts, policy);
            case RunStanding.Failed(var how) ->
                withCooldown(facts, policy, SignalKind.DISPATCH_FAILED, "its last run " + how);
            case RunStanding.Gone(var state) -> withCooldown(facts, policy, SignalKind.DISPATCH_WORKER_GONE,
                    "its status says " + state + ", but no such process is there and no outcome was recorded");
            case RunStanding.Limited(var until) -> until.isAfter(policy.now())
                    ? List.of(paused(facts, until))
                    : exhausted(facts, policy);
            case RunStanding.NeverRan _,RunStanding.Interrupted _ -> exhausted(facts, policy);
            case RunStanding.EndedWell _ -> List.of();
        };
    }

    private static List<Signal> stalled(BeatFacts facts, HeartbeatPolicy policy) {
        var silence = RunStanding.last(facts)
                .flatMap(RunSignals::lastSign)
                .map(at -> Duration.between(at, policy.now()))
                .filter(length -> length.compareTo(policy.stall()) > 0);
        return silence.map(length -> Signal.of(SignalKind.DISPATCH_STALLED, facts.slug(),
                "its worker lives and has written nothing for " + Durations.inWords(length))).stream().toList();
    }

    /** A log that is older than the run is the one before's. */
    private static Optional<Instant> lastSign(Run run) {
        return Stream.of(Optional.ofNullable(run.outputAt()), Optional.ofNullable(run.startedAt()))
                .flatMap(Optional::stream)
                .max(Instant::compareTo)
                .or(() -> Optional.ofNullable(run.updatedAt()));
    }

    private static List<Signal> withCooldown(BeatFacts facts, HeartbeatPolicy policy, SignalKind kind, String what) {
        var ago = RunStanding.last(facts)
                .flatMap(RunStanding::endedAt)
                .map(at -> " " + Durations.ago(at, policy.now()));
        var signal = Signal.of(kind, facts.slug(), what + ago.map(text -> "," + text).orElse("")
                + RunWords.account(facts) + attempt(facts, policy) + RunWords.pending(facts));
        return Stream.concat(Stream.of(signal), Cooldown.pending(facts, policy)
                .map(end -> Signal.of(SignalKind.DISPATCH_RETRY_COOLDOWN, facts.slug(),
                        "it may be dispatched again from " + Durations.seconds(end) + " on, after a rest of "
                                + Durations.inWords(Cooldown.rest(facts, policy))))
                .stream()).toList();
    }

    private static String attempt(BeatFacts facts, HeartbeatPolicy policy) {
        if (Attempts.newCommits(facts)) {
            return " (there are new commits since, so its attempts are counted anew)";
        }
        int attempts = Attempts.counted(facts);
        var next = Cooldown.pending(facts, policy).map(end -> "the next from " + Durations.seconds(end) + " on");
        return attempts == 0 ? next.map(text -> " (" + text + ")").orElse("")
                : " (attempt " + Attempts.words(facts, policy) + next.map(text -> ", " + text).orElse("") + ")";
    }

    private static Signal paused(BeatFacts facts, Instant until) {
        return Signal.of(SignalKind.DISPATCH_PAUSED, facts.slug(),
                "its worker ran into a usage limit: nothing is dispatched before " + Durations.seconds(until));
    }

    private static List<Signal> exhausted(BeatFacts facts, HeartbeatPolicy policy) {
        boolean queued = facts.task().asTask().filter(task -> task.status() == TaskStatus.READY).isPresent();
        return queued && PullRequests.open(facts).isEmpty() && PullRequests.merged(facts, policy).isEmpty()
                ? Attempts.used(facts, policy)
                        .map(used -> Signal.of(SignalKind.DISPATCH_FAILED, facts.slug(), used))
                        .stream()
                        .toList()
                : List.of();
    }
}
