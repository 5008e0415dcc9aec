package dev.reeve.app;

import dev.reeve.agent.Beat;
import dev.reeve.config.TeamConfiguration;
import dev.reeve.decide.BeatDecision;
import dev.reeve.decide.DispatchPlan;
import dev.reeve.decide.ReconcilePolicy.Repairs;
import dev.reeve.decide.Start;
import dev.reeve.dispatch.Aftermath;
import dev.reeve.dispatch.Dispatcher;
import dev.reeve.dispatch.Dispatcher.RunnerProgram;
import dev.reeve.dispatch.JavaProgram;
import dev.reeve.dispatch.Seen;
import dev.reeve.dispatch.Started;
import dev.reeve.dispatch.Stopping;
import dev.reeve.durable.FailureWords;
import dev.reeve.git.Checkout;
import dev.reeve.git.Git;
import dev.reeve.model.FollowUp;
import dev.reeve.model.Judgement;
import dev.reeve.model.Slug;
import dev.reeve.model.TasksRoot;
import dev.reeve.store.RunFiles;
import dev.reeve.store.StateFolder;
import dev.reeve.store.WorkingTree.Index;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts, continues and stops the workers of one owner in one checkout.
 *
 * <p><b>Threading:</b> one thread at a time; any may close it.
 */
public final class Dispatching implements AutoCloseable {

    /** Who looks at GitHub before a start waits for it, but not for ever. */
    private static final Duration PATIENCE_WITH_GITHUB = Duration.ofSeconds(10);

    private final LocalAgent agent;
    private final LocalAgent.Setting setting;
    private final Machine machine;
    private final TasksRoot tasks;
    private final Dispatcher dispatcher;
    private final RunFiles files;

    /**
     * Makes all that it needs.
     *
     * @param environment the manager's own
     * @param runner the class that is a runner
     */
    public Dispatching(LocalAgent.Setting setting, Map<String, String> environment, Class<?> runner, Machine machine) {
        this.setting = setting;
        this.machine = machine;
        this.agent = new LocalAgent(setting, Index.READ, machine);
        this.tasks = new TasksRoot(setting.team().tasks());
        var own = new RunnerProgram(JavaProgram.ofRunner(), runner.getName());
        var branch = setting.team().defaultBranch().orElseGet(setting.checkout()::presumedDefaultBranch);
        this.dispatcher = new Dispatcher(new Dispatcher.Setting(checkout(), tasks, setting.agent().owner(),
                branch, setting.team().worker(), setting.agent().dispatch(), environment, own, machine.clock(),
                machine.random()), this::seen);
        this.files = new RunFiles(new StateFolder(root(), machine.clock()), tasks);
    }

    /** A remote that hangs must not hold up a start for longer than a start may take. */
    private Checkout checkout() {
        var usual = Git.onPath();
        return Checkout.open(new Git(usual.program(), usual.local(), limits().timeout()), root());
    }

    private Path root() {
        return setting.checkout().root();
    }

    /** How many runs of a task count before a person must look at it, and the other limits. */
    public TeamConfiguration.Dispatch limits() {
        return setting.agent().dispatch();
    }

    private Optional<Seen> seen(Slug slug, Start start) throws IOException {
        var policy = agent.policy(Repairs.NOTHING);
        var beat = agent.look(policy, Optional.of(slug), PATIENCE_WITH_GITHUB);
        return beat.tasks()
                .stream()
                .filter(task -> task.facts().slug().equals(slug))
                .findFirst()
                .map(task -> new Seen(task.facts(),
                        BeatDecision.obstacle(task, beat.queue(), policy, start),
                        attempts(task, start)));
    }

    /** Who wants a run whatever speaks against it gives the task a new budget. */
    private static int attempts(Judgement task, Start start) {
        return switch (start) {
            case READY, FOLLOW_UP -> BeatDecision.attempts(task.facts());
            case FORCED, CONTINUED -> 0;
        };
    }

    /** Starts a run of a task. */
    public Started start(Slug slug, Start start, String by) throws InterruptedException {
        return dispatcher.start(slug, new Dispatcher.Request(start, by));
    }

    /** Takes in a follow-up: from now on it is told to the task's next worker, or shown as pending. */
    public FollowUp add(Slug slug, String by, String text) throws IOException {
        return files.history().add(slug, machine.clock().instant(), by, text);
    }

    /** What waits to be told to a task's worker. */
    public List<FollowUp> pending(Slug slug) throws IOException {
        return files.history().pending(slug);
    }

    /** Ends a task's run. */
    public Stopping.Stopped stop(Slug slug, String by, Duration patience) throws IOException, InterruptedException {
        return new Stopping(root(), tasks, machine.clock()).stop(slug, by, patience);
    }

    /** What a cycle's dispatch came to. */
    public record Begun(Slug slug, Started started) {}

    /**
     * What follows a heartbeat: runs that nobody looks after are brought in order, what waits is told to workers that have ended, and ready tasks are started as far as the limits let.
     */
    public List<Begun> after(Beat beat) throws InterruptedException {
        var begun = new ArrayList<Begun>();
        for (var task : beat.tasks()) {
            if (task.facts().desk().isPresent()) {
                followed(task).ifPresent(begun::add);
            }
        }
        var plan = DispatchPlan.of(beat.tasks(), beat.queue(), agent.policy(Repairs.NOTHING));
        for (var next : plan.starts()) {
            begun.add(begin(next.slug(), Start.READY));
        }
        return begun;
    }

    /** One task of which that can't be done keeps no other one waiting. */
    private Optional<Begun> followed(Judgement task) throws InterruptedException {
        try {
            new Aftermath(root(), tasks, machine.clock()).of(task.facts().slug());
            return told(task);
        } catch (IOException | RuntimeException e) {
            return Optional.of(new Begun(task.facts().slug(), new Started.Failed(FailureWords.of(e))));
        }
    }

    /** What waits is told to another worker, or to nobody any more; that somebody else does it at this moment is as good. */
    private Optional<Begun> told(Judgement task) throws IOException, InterruptedException {
        var slug = task.facts().slug();
        var pending = BeatDecision.hasWorker(task.facts()) ? List.<FollowUp>of() : files.history().pending(slug);
        if (pending.isEmpty()) {
            return Optional.empty();
        }
        if (task.facts().task().asTask().filter(its -> its.status().isFinal()).isPresent()) {
            files.history().expire(slug, pending, machine.clock().instant(), "the task is over");
            return Optional.empty();
        }
        return Optional.of(begin(slug, Start.FOLLOW_UP)).filter(one -> !(one.started() instanceof Started.Refused));
    }

    private Begun begin(Slug slug, Start start) throws InterruptedException {
        return new Begun(slug, start(slug, start, "agent"));
    }

    @Override
    public void close() {
        agent.close();
    }
}
