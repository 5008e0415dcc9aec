package dev.reeve.app;

import dev.reeve.agent.Beat;
import dev.reeve.agent.Heartbeat;
import dev.reeve.agent.PullRequestWatch;
import dev.reeve.config.AgentConfiguration;
import dev.reeve.config.TeamConfiguration;
import dev.reeve.decide.BeatDecision;
import dev.reeve.decide.HeartbeatPolicy;
import dev.reeve.decide.ReconcilePolicy.Repairs;
import dev.reeve.git.Checkout;
import dev.reeve.model.BranchName;
import dev.reeve.model.Signal;
import dev.reeve.model.Slug;
import dev.reeve.model.SnapshotHead;
import dev.reeve.model.TasksRoot;
import dev.reeve.store.BeatLocks;
import dev.reeve.store.SnapshotReading;
import dev.reeve.store.SnapshotWrite;
import dev.reeve.store.Snapshots;
import dev.reeve.store.StateFolder;
import dev.reeve.store.WorkingTree.Index;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * The agent of one owner in one checkout: its heartbeat with everything that it needs.
 *
 * <p><b>Threading:</b> one thread beats at a time; any may close it.
 */
public final class LocalAgent implements AutoCloseable {

    private static final Duration PATIENCE_WITH_ANOTHER_CYCLE = Duration.ofSeconds(30);

    /**
     * What it works with.
     *
     * @param idle after how long a task in progress counts as left, when not as configured
     * @param token gives the token for GitHub's API; asked when it is needed
     */
    public record Setting(Checkout checkout, TeamConfiguration team, AgentConfiguration agent,
            Optional<Duration> idle, Supplier<Optional<String>> token) {}

    private final Setting setting;
    private final Machine machine;
    private final StateFolder state;
    private final Snapshots snapshots;
    private final BeatLocks locks;
    private final ExecutorService lookups = Executors
            .newSingleThreadExecutor(Thread.ofPlatform().name("github").daemon().factory());
    private final PullRequestWatch watch;
    private final Heartbeat heartbeat;
    private volatile boolean closed;

    public LocalAgent(Setting setting, Index index, Machine machine) {
        this.setting = setting;
        this.machine = machine;
        var checkout = setting.checkout();
        var owner = setting.agent().owner();
        this.state = new StateFolder(checkout.root(), machine.clock());
        this.snapshots = new Snapshots(state);
        this.locks = new BeatLocks(state, owner);
        var tasks = new TasksRoot(setting.team().tasks());
        this.watch = new PullRequestWatch(
                () -> PullRequestSources.of(checkout, setting.agent(), setting.token(), machine.clock()), lookups,
                machine.clock());
        var surroundings = new Heartbeat.Surroundings(checkout, tasks,
                other -> setting.agent().owners().keyOf(other.value()).filter(owner::equals).isPresent(),
                machine.clock());
        this.heartbeat = new Heartbeat(surroundings, LocalTasks.catalog(checkout.root(), tasks, index), watch);
    }

    /** The lock of whoever beats for this owner again and again. */
    public BeatLocks locks() {
        return locks;
    }

    /** How a cycle ended. */
    public sealed interface Cycle {

        /**
         * It saw this, and its snapshot is written.
         *
         * @param signals what was wrong with the snapshot before
         */
        record Seen(SnapshotHead head, Beat beat, List<Signal> signals) implements Cycle {}

        /** Another process was in the middle of one for too long. */
        record Busy() implements Cycle {}

        /** The snapshot that is there is not for this Reeve to touch, and was not; so this cycle left none. */
        record Refused(Signal signal) implements Cycle {}

        /** The agent was closed meanwhile, so what the cycle saw may be half and is not written. */
        record CutShort() implements Cycle {}
    }

    /**
     * One cycle, with its snapshot.
     *
     * @param patience how long to wait for GitHub
     * @throws IOException when the tasks can't be read, or the snapshot can't be written
     */
    public Cycle beat(Duration patience) throws IOException {
        var held = locks.cycle(PATIENCE_WITH_ANOTHER_CYCLE);
        if (held.isEmpty()) {
            return new Cycle.Busy();
        }
        try (var _ = held.get()) {
            var at = machine.clock().instant();
            long begun = System.nanoTime();
            var beat = heartbeat.beat(policy(at, Repairs.REGISTER), Optional.empty(), patience);
            if (closed) {
                return new Cycle.CutShort();
            }
            var head = head(beat, at, Duration.ofNanos(System.nanoTime() - begun));
            return switch (snapshots.write(head, beat.tasks())) {
                case SnapshotWrite.Written(var signals) -> new Cycle.Seen(head, beat, signals);
                case SnapshotWrite.Refused(var signal) -> new Cycle.Refused(signal);
            };
        }
    }

    /**
     * What a cycle would see, without a snapshot.
     *
     * @param only the one task that is looked into as deeply as a cycle would; all when empty
     */
    public Beat look(HeartbeatPolicy policy, Optional<Slug> only, Duration patience) throws IOException {
        return heartbeat.beat(policy, only, patience);
    }

    /** Keeps what was read of all tasks for the next process, if that is worth it. Nobody need wait for it. */
    public void remember() {
        heartbeat.remember();
    }

    /** What a cycle goes by at this moment. */
    public HeartbeatPolicy policy(Repairs repairs) {
        return policy(machine.clock().instant(), repairs);
    }

    private HeartbeatPolicy policy(Instant now, Repairs repairs) {
        return Policies.ofHeartbeat(setting.team(), setting.agent(), branch(), setting.idle(), now)
                .repairing(repairs);
    }

    /** No remote is asked: the default branch counts as it was last fetched. */
    private BranchName branch() {
        return setting.team().defaultBranch().orElseGet(setting.checkout()::presumedDefaultBranch);
    }

    private SnapshotHead head(Beat beat, Instant at, Duration took) throws IOException {
        var agent = setting.agent();
        var limits = new SnapshotHead.Limits(agent.dispatch().maxWorkers(), agent.dispatch().maxInReview());
        return new SnapshotHead(agent.owner(), Host.name(), lastCycle() + 1, at, took,
                setting.team().heartbeat().interval(), beat.counts(), beat.queue().liveWorkers(),
                beat.queue().inReview(), limits, beat.queue().pause().map(pause -> pause.until()).orElse(null),
                beat.gitHub().askedAt(), beat.gitHub().failure(), beat.signals(),
                BeatDecision.incidents(beat.tasks()));
    }

    private long lastCycle() throws IOException {
        return snapshots.head(setting.agent().owner()) instanceof SnapshotReading.Known(var head) ? head.cycle() : 0;
    }

    /** Ends what is asked of GitHub; a cycle that is under way leaves no snapshot. */
    @Override
    public void close() {
        closed = true;
        watch.close();
        lookups.shutdownNow();
    }
}
