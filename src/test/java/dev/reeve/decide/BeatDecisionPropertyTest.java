package dev.reeve.decide;

import dev.reeve.decide.Explanation.Rule;
import dev.reeve.decide.Explanation.Verdict;
import dev.reeve.model.BeatFacts;
import dev.reeve.model.BeatFacts.Dependency;
import dev.reeve.model.Bucket;
import dev.reeve.model.DeskFacts.AtDesk;
import dev.reeve.model.DeskFacts.Claim;
import dev.reeve.model.DeskFacts.LastRun;
import dev.reeve.model.Incident;
import dev.reeve.model.Judgement;
import dev.reeve.model.Judgement.Dispatchability.Dispatchable;
import dev.reeve.model.OwnerKey;
import dev.reeve.model.Owners.Routing;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.RegisterEntry;
import dev.reeve.model.Run;
import dev.reeve.model.Severity;
import dev.reeve.model.Sha;
import dev.reeve.model.Signal;
import dev.reeve.model.SignalKind;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskStatus;
import dev.reeve.model.Tombstone;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds for every judgement, whatever the facts. */
class BeatDecisionPropertyTest {

    private static final Instant NOW = GivenTask.NOW;
    private static final HeartbeatPolicy POLICY = GivenBeat.policy(Set.of());
    private static final Set<SignalKind> TRIED_AGAIN = Set.of(SignalKind.PICKUP_OVERDUE, SignalKind.DISPATCH_FAILED,
            SignalKind.DISPATCH_WORKER_GONE);

    /** A task, what the passes said of it, and the queue it is in. */
    record Given(BeatFacts facts, List<Signal> found, QueueState queue) {

        Optional<Judgement> judge() {
            return BeatDecision.judge(facts, found, queue, POLICY);
        }
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void everyTaskHasExactlyOneBucketAndItsRuleIsTheFirstThatHolds(@ForAll("given") Given given) {
        given.judge().ifPresent(judged -> {
            var rules = Explanation.of(judged, given.queue(), POLICY).rules();
            assertThat(rules).filteredOn(rule -> rule.verdict() == Verdict.DECIDES)
                    .extracting(Rule::bucket)
                    .containsExactly(judged.bucket());
            assertThat(judged.reason()).isNotBlank().doesNotContain("\n");
        });
        assertThat(given.judge().isPresent() || given.facts().task().path().isEmpty()).isTrue();
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void elsewhereIsWhatIsRoutedToAnotherPersonAndHasNoSignals(@ForAll("given") Given given) {
        given.judge().ifPresent(judged -> {
            var routing = given.facts()
                    .task()
                    .asTask()
                    .flatMap(task -> Optional.ofNullable(task.owner()))
                    .map(GivenBeat.OWNERS::route);
            assertThat(judged.bucket() == Bucket.ELSEWHERE)
                    .isEqualTo(routing.equals(Optional.of(new Routing.Routed(new OwnerKey("erin")))));
            if (judged.bucket() == Bucket.ELSEWHERE) {
                assertThat(judged.incident()).isEmpty();
            }
        });
    }

    @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
    void whatIsDispatchableIsReadyRoutedHereAndHasNothingInItsWay(@ForAll("given") Given given) {
        var judged = given.judge();
        if (judged.isEmpty() || !(judged.get().dispatch() instanceof Dispatchable(var since))) {
            return;
        }
        var task = given.facts().task().asTask().orElseThrow();
        assertThat(task.status()).isEqualTo(TaskStatus.READY);
        assertThat(GivenBeat.OWNERS.route(String.valueOf(task.owner())))
                .isEqualTo(new Routing.Routed(new OwnerKey("dave")));
        assertThat(given.facts().dependencies()).allMatch(d -> d.state() == Dependency.State.COMPLETED);
        assertThat(given.facts().desk().filter(AtDesk::mayHaveLiveWorker)).isEmpty();
        assertThat(given.facts().pullRequest() instanceof PullRequestLookup.Found(var pr) && pr.state().isOpen())
                .isFalse();
        assertThat(given.queue().pause()).isEmpty();
        assertThat(given.queue().liveWorkers()).isLessThan(4);
        assertThat(given.queue().inReview()).isLessThan(6);
        assertThat(Attempts.counted(given.facts())).isLessThan(3);
        assertThat(since).isBeforeOrEqualTo(NOW);
        assertThat(judged.get().bucket()).isIn(Bucket.READY, Bucket.NEEDS_ATTENTION);
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void everySignalThatAsksForAPersonStopsDispatchUnlessItIsAboutTryingAgain(@ForAll("given") Given given) {
        given.judge().ifPresent(judged -> {
            boolean stopped = judged.signals()
                    .stream()
                    .anyMatch(s -> s.severity() == Severity.ATTENTION && !TRIED_AGAIN.contains(s.kind()));
            if (stopped) {
                assertThat(judged.dispatch()).isNotInstanceOf(Dispatchable.class);
            }
        });
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void aRunThatEndedWellIsNeverRepeated(@ForAll("given") Given given) {
        if (RunStanding.of(given.facts()) instanceof RunStanding.EndedWell) {
            given.judge().ifPresent(judged -> assertThat(judged.dispatch()).isNotInstanceOf(Dispatchable.class));
        }
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void theMostCausalOfTheGravestLeadsTheOneIncidentInWhateverOrderTheyWereFound(@ForAll("given") Given given,
            @ForAll Random random) {
        var shuffled = new ArrayList<>(given.found());
        Collections.shuffle(shuffled, random);
        var again = new Given(given.facts(), shuffled, given.queue());

        assertThat(again.judge()).isEqualTo(given.judge());
        given.judge().flatMap(Judgement::incident).ifPresent(BeatDecisionPropertyTest::assertLedByItsCause);
    }

    private static void assertLedByItsCause(Incident incident) {
        assertThat(incident.signals()).doesNotHaveDuplicates()
                .filteredOn(signal -> signal.severity() == incident.severity())
                .allMatch(signal -> Incidents.rank(incident.lead().kind()) <= Incidents.rank(signal.kind()));
        assertThat(incident.lead().severity()).isEqualTo(incident.severity());
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void ordersAreTotal(@ForAll("given") Given one, @ForAll("given") Given other) {
        if (one.judge().isPresent() && other.judge().isPresent()) {
            int forth = BeatDecision.ORDER.compare(one.judge().get(), other.judge().get());
            assertThat(BeatDecision.ORDER.compare(other.judge().get(), one.judge().get())).isEqualTo(-forth);
            assertThat(BeatDecision.ORDER.compare(one.judge().get(), one.judge().get())).isZero();
        }
    }

    @Provide
    Arbitrary<Given> given() {
        var extra = Arbitraries.of(SignalKind.class)
                .map(kind -> Signal.of(kind, GivenTask.SLUG, "made up"))
                .list()
                .ofMaxSize(2);
        return Combinators.combine(facts(), Arbitraries.frequencyOf(Tuple.of(3, Arbitraries.just(List.<Signal>of())),
                Tuple.of(1, extra)), queues()).as((facts, more, queue) -> {
                    var found = new ArrayList<>(more);
                    TaskPass.on(Set.of()).forEach(pass -> found.addAll(pass.signals(facts, POLICY)));
                    return new Given(facts, List.copyOf(found), queue);
                });
    }

    private static Arbitrary<QueueState> queues() {
        var pause = new QueueState.Pause(new Slug("other"), NOW.plusSeconds(60));
        return Arbitraries.frequencyOf(Tuple.of(4, Arbitraries.just(new QueueState(0, 0, Optional.empty()))),
                Tuple.of(1,
                        Arbitraries.of(new QueueState(4, 0, Optional.empty()), new QueueState(3, 6, Optional.empty()),
                                new QueueState(0, 0, Optional.of(pause)))));
    }

    private static Arbitrary<BeatFacts> facts() {
        return Combinators.combine(intents(), desks(), ReconcileDecisionPropertyTest.pullRequests(),
                Arbitraries.of(Dependency.State.class).list().ofMaxSize(1)).as((beat, desk, pull, states) -> {
                    states.forEach(state -> beat.dependsOn("other", state, Duration.ofHours(2)));
                    desk.ifPresent(known -> beat.claim(known.claim()).lastRun(known.run()).place(known.place()));
                    return beat.pull(pull).facts();
                });
    }

    private static Arbitrary<GivenBeat> intents() {
        var kinds = Arbitraries.frequency(Tuple.of(8, "valid"), Tuple.of(1, "faulty"), Tuple.of(1, "missing"));
        var statuses = Arbitraries.frequencyOf(Tuple.of(1, Arbitraries.just(TaskStatus.READY)),
                Tuple.of(1, Arbitraries.of(TaskStatus.class)));
        var owners = Arbitraries.frequency(Tuple.of(5, "dave"), Tuple.of(1, "erin"), Tuple.of(1, "whoever"));
        var ages = Arbitraries.of(-9, 0, 10, 40, 5000).map(Duration::ofMinutes);
        return Combinators.combine(kinds, statuses, owners, ages, Arbitraries.of(12, 7).injectNull(0.7))
                .as((kind, status, owner, age, number) -> {
                    var beat = GivenBeat.aBeat().status(status).owner(owner).changed(age);
                    if (number != null) {
                        beat.carrying(number);
                    }
                    return switch (kind) {
                        case "faulty" -> beat.faulty();
                        case "missing" -> beat.missing();
                        default -> beat;
                    };
                });
    }

    private static Arbitrary<Optional<AtDesk>> desks() {
        return Combinators.combine(ReconcileDecisionPropertyTest.desks(), claims(), runs())
                .as((desk, claim, run) -> desk instanceof AtDesk known
                        ? Optional.of(new AtDesk(known.root(), known.rootState(), claim, known.place(), run,
                                known.dispatchFiles()))
                        : Optional.<AtDesk>empty())
                .injectNull(0.3)
                .map(desk -> desk == null ? Optional.empty() : desk);
    }

    private static Arbitrary<Claim> claims() {
        var held = Arbitraries.integers()
                .between(0, 4)
                .map(attempts -> (Claim) new Claim.Held(new OwnerKey("dave"),
                        new RegisterEntry(GivenTask.SLUG, null, null, null, null, null, null, attempts, "r1", null)));
        return Arbitraries.frequencyOf(Tuple.of(3, Arbitraries.just(new Claim.None())), Tuple.of(4, held),
                Tuple.of(1, Arbitraries.just(new Claim.HeldByAnother(new OwnerKey("erin"),
                        new RegisterEntry(GivenTask.SLUG, null, null, null, null, null, null, 1, null, null)))));
    }

    private static Arbitrary<LastRun> runs() {
        var states = Arbitraries.of("running", "exited", "failed", "interrupted", "worker_gone", "Whatever\n");
        var codes = Arbitraries.of(0, 1).injectNull(0.4);
        var outcomes = Arbitraries.of("failed", "blocked", "completed_with_pr", "").injectNull(0.5);
        var times = Arbitraries.of(NOW.minusSeconds(10), NOW.minusSeconds(9000), NOW.plusSeconds(10),
                NOW.plusSeconds(99_999), Instant.MAX).injectNull(0.2);
        var known = Combinators
                .combine(states, Arbitraries.of(true, false, false), codes, outcomes, times, times,
                        times.injectNull(0.8),
                        tombstones())
                .as((state, alive, code, outcome, updated, output, retry, stone) -> new Run("r1", state, alive, code,
                        outcome, NOW.minusSeconds(9600), updated, output, retry, stone));
        var heads = Arbitraries.of(GivenTask.HEAD, new Sha("b".repeat(40))).injectNull(0.6);
        var ended = Combinators.combine(known, heads).as(BeatDecisionPropertyTest::at);
        return Arbitraries.frequencyOf(Tuple.of(3, Arbitraries.just(new LastRun.None())), Tuple.of(6, ended),
                Tuple.of(1, Arbitraries.just(new LastRun.Unreadable("not JSON"))));
    }

    private static LastRun at(Run run, @Nullable Sha head) {
        return new LastRun.Known(run.with(new Run.Account(null, null, null, head)));
    }

    private static Arbitrary<@Nullable Tombstone> tombstones() {
        return Arbitraries.of(new Tombstone("r1", "exited", 0, null, NOW), new Tombstone("r1", null, 1, null, null),
                new Tombstone("r0", "exited", 0, "blocked", NOW), new Tombstone(null, "interrupted", null, null, NOW))
                .injectNull(0.5);
    }
}
