package dev.reeve.decide;

import dev.reeve.decide.DispatchPlan.Held;
import dev.reeve.decide.DispatchPlan.Start;
import dev.reeve.model.Judgement;
import dev.reeve.model.Judgement.Dispatchability.Dispatchable;
import dev.reeve.model.Priority;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskStatus;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

import static dev.reeve.decide.GivenBeat.NOW;
import static dev.reeve.decide.GivenBeat.aBeat;
import static org.assertj.core.api.Assertions.assertThat;

/** Which tasks a heartbeat starts workers for. */
class DispatchPlanTest {

    private static final QueueState QUIET = new QueueState(0, 0, Optional.empty());

    private static HeartbeatPolicy policy(int perCycle, int workers, int inReview) {
        return aBeat().limits(new HeartbeatPolicy.Limits(Duration.ofMinutes(5), 3, workers, inReview, perCycle))
                .policy();
    }

    private static GivenBeat ready(String slug, Priority priority, int minutes) {
        return aBeat().slug(slug).priority(priority).changed(Duration.ofMinutes(minutes)).queue(QUIET);
    }

    private static DispatchPlan plan(QueueState queue, HeartbeatPolicy policy, GivenBeat... tasks) {
        return DispatchPlan.of(Arrays.stream(tasks).map(GivenBeat::judge).toList(), queue, policy);
    }

    private static List<String> started(DispatchPlan plan) {
        return plan.starts().stream().map(start -> start.slug().value()).toList();
    }

    @Test
    void theUrgentComeFirstThenTheOldAndTheRestIsToldWhyItWaits() {
        var plan = plan(QUIET, policy(3, 4, 6), ready("new", Priority.P1, 1), ready("old", Priority.P1, 9),
                ready("late", Priority.P3, 25), ready("urgent", Priority.P0, 0),
                aBeat().slug("planned").status(TaskStatus.NOT_STARTED));

        assertThat(plan.starts()).containsExactly(
                new Start(new Slug("urgent"), "p0, dispatchable for 0 s, attempt 1 of 3"),
                new Start(new Slug("old"), "p1, dispatchable for 9 min, attempt 1 of 3"),
                new Start(new Slug("new"), "p1, dispatchable for 1 min, attempt 1 of 3"));
        assertThat(plan.held()).containsExactly(
                new Held(new Slug("late"), "a heartbeat starts at most 3, and others go first"));
    }

    @Test
    void whatFailedBeforeWaitsItsTurnAmongTheOthers() {
        var failed = ready("failed", Priority.P2, 500).registered(1).run(GivenRun.exited(1));

        var plan = plan(QUIET, policy(2, 4, 6), failed, ready("urgent", Priority.P0, 1));

        assertThat(started(plan)).containsExactly("urgent", "failed");
        assertThat(plan.starts().getLast().reason()).endsWith("attempt 2 of 3");
    }

    @Test
    void theLimitsOfTheQueueLeaveRoomForSoManyOnly() {
        var tasks = new GivenBeat[]{ready("a", Priority.P1, 3), ready("b", Priority.P1, 2),
                ready("c", Priority.P1, 1)};

        assertThat(started(plan(new QueueState(2, 0, Optional.empty()), policy(9, 4, 6), tasks)))
                .containsExactly("a", "b");
        assertThat(started(plan(new QueueState(0, 5, Optional.empty()), policy(9, 4, 6), tasks)))
                .containsExactly("a");
        assertThat(plan(new QueueState(4, 0, Optional.empty()), policy(9, 4, 6), tasks).held())
                .extracting(Held::reason)
                .containsOnly("all workers are busy: at most 4");
        assertThat(started(plan(QUIET, policy(0, 4, 6), tasks))).isEmpty();
    }

    @Test
    void whilePausedOrUnseenNothingIsStarted() {
        var pause = new QueueState(0, 0, Optional.of(new QueueState.Pause(new Slug("x"), NOW.plusSeconds(60))));

        assertThat(started(plan(pause, policy(9, 9, 9), ready("a", Priority.P1, 1)))).isEmpty();
        assertThat(plan(QUIET.unseen(Optional.of("git is gone")), policy(9, 9, 9), ready("a", Priority.P1, 1)).held())
                .extracting(Held::reason)
                .containsExactly("what is being worked on could not be looked at: git is gone");
    }

    @Test
    void twoTasksOnOneBranchAreNotStartedTogether() {
        var plan = plan(QUIET, policy(9, 9, 9), ready("a", Priority.P1, 2).branch("task/same"),
                ready("b", Priority.P1, 1).branch("task/same"), ready("c", Priority.P3, 1));

        assertThat(started(plan)).containsExactly("a", "c");
        assertThat(plan.held()).containsExactly(new Held(new Slug("b"),
                "another task's worker is at its branch task/same: give it one of its own"));
        assertThat(started(plan(QUIET, policy(9, 9, 9),
                aBeat().slug("live").branch("task/same").registered(1).run(GivenRun.alive()),
                ready("b", Priority.P1, 1).branch("task/same")))).isEmpty();
    }

    /** Tasks, in whose order it must not matter, and what is to be kept to. */
    record Given(List<Judgement> tasks, QueueState queue, HeartbeatPolicy policy) {

        DispatchPlan plan() {
            return DispatchPlan.of(tasks, queue, policy);
        }
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void neverMoreThanAnyLimitLeaves(@ForAll("given") Given given) {
        var limits = given.policy().limits();
        int started = given.plan().starts().size();

        assertThat(started).isLessThanOrEqualTo(limits.maxPerCycle())
                .isLessThanOrEqualTo(Math.max(0, limits.maxWorkers() - given.queue().liveWorkers()))
                .isLessThanOrEqualTo(Math.max(0, limits.maxInReview() - given.queue().inReview()));
        if (given.queue().pause().isPresent() || given.queue().unseen().isPresent()) {
            assertThat(started).isZero();
        }
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void whatIsStartedOrHeldIsWhatCouldBeAndNothingStartsBeforeWhatIsMoreUrgent(@ForAll("given") Given given,
            @ForAll Random random) {
        var plan = given.plan();
        var could = given.tasks()
                .stream()
                .filter(task -> task.dispatch() instanceof Dispatchable)
                .sorted((one, other) -> BeatDecision.WITHIN_BUCKET.compare(one.facts().task(), other.facts().task()))
                .map(task -> task.facts().slug())
                .toList();

        assertThat(Stream.concat(plan.starts().stream().map(Start::slug), plan.held().stream().map(Held::slug)))
                .containsExactlyElementsOf(could);
        var shuffled = new ArrayList<>(given.tasks());
        Collections.shuffle(shuffled, random);
        assertThat(new Given(shuffled, given.queue(), given.policy()).plan()).isEqualTo(plan);
    }

    @Provide
    Arbitrary<Given> given() {
        var slugs = Arbitraries.integers().between(1, 12).map(number -> "task-" + number);
        var task = Combinators.combine(slugs, Arbitraries.of(Priority.class), Arbitraries.integers().between(0, 3),
                Arbitraries.of(TaskStatus.READY, TaskStatus.READY, TaskStatus.BLOCKED),
                Arbitraries.integers().between(0, 3)).as((slug, priority, age, status, attempts) -> {
                    var beat = ready(slug, priority, age).status(status);
                    return attempts == 0 ? beat.judge()
                            : beat.registered(attempts).run(GivenRun.exited(1)).judge();
                });
        var pause = Optional.of(new QueueState.Pause(new Slug("x"), NOW.plusSeconds(60)));
        var queues = Combinators.combine(Arbitraries.integers().between(0, 6), Arbitraries.integers().between(0, 8),
                Arbitraries.frequency(Tuple.of(6, "open"), Tuple.of(1, "paused"),
                        Tuple.of(1, "unseen")))
                .as((workers, review, kind) -> new QueueState(workers, review,
                        kind.equals("paused") ? pause : Optional.empty(),
                        kind.equals("unseen") ? Optional.of("git is gone") : Optional.empty()));
        var policies = Combinators.combine(Arbitraries.integers().between(0, 8), Arbitraries.integers().between(0, 8),
                Arbitraries.integers().between(0, 12)).as(DispatchPlanTest::policy);
        return Combinators.combine(task.list().ofMaxSize(12), queues, policies)
                .as((tasks, queue, policy) -> new Given(distinct(tasks), queue, policy));
    }

    private static List<Judgement> distinct(List<Judgement> tasks) {
        var bySlug = new LinkedHashMap<Slug, Judgement>();
        tasks.forEach(task -> bySlug.put(task.facts().slug(), task));
        return List.copyOf(bySlug.values());
    }
}
