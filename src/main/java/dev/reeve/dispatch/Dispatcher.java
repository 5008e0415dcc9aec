package dev.reeve.dispatch;

import dev.reeve.config.TeamConfiguration;
import dev.reeve.decide.Start;
import dev.reeve.durable.FailureWords;
import dev.reeve.git.Checkout;
import dev.reeve.model.BranchName;
import dev.reeve.model.OwnerKey;
import dev.reeve.model.Slug;
import dev.reeve.model.TasksRoot;
import dev.reeve.store.RunLocks;
import dev.reeve.store.RunRecord;
import dev.reeve.store.StateFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Starts runs: at most one at a time of a task, whatever processes try.
 *
 * <p><b>Threading:</b> for any number of threads.
 */
public final class Dispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final Setting setting;
    private final Look look;
    private final RunLocks locks;
    private final Aftermath aftermath;

    /**
     * What it works with.
     *
     * @param branch the default branch
     * @param environment the manager's own
     * @param runner how a runner is started
     */
    public record Setting(Checkout checkout, TasksRoot tasks, OwnerKey owner, BranchName branch,
            TeamConfiguration.Worker worker, TeamConfiguration.Dispatch limits, Map<String, String> environment,
            RunnerProgram runner, InstantSource clock, RandomGenerator random) {

        /** Shows no environment. */
        @Override
        public String toString() {
            return "dispatch of " + owner + " in " + checkout.root();
        }

        Duration timeout() {
            return limits.timeout();
        }

        StateFolder state() {
            return new StateFolder(checkout.root(), clock);
        }

        Runner.Post post(Slug slug) {
            return new Runner.Post(checkout.root(), tasks, slug, clock);
        }
    }

    /** The program that is a runner. */
    public record RunnerProgram(JavaProgram java, String mainClass) {

        List<String> command(Setting setting, Slug slug) {
            return java.command(mainClass,
                    List.of(setting.checkout.root().toString(), setting.tasks.toString(), slug.value()));
        }
    }

    /** Reads a task anew. */
    @FunctionalInterface
    public interface Look {
        Optional<Seen> at(Slug slug, Start start) throws IOException;
    }

    /**
     * What is to be started.
     *
     * @param by who wants it, for the history
     */
    public record Request(Start start, String by) {}

    public Dispatcher(Setting setting, Look look) {
        this.setting = setting;
        this.look = look;
        this.locks = new RunLocks(setting.state());
        this.aftermath = new Aftermath(setting.checkout.root(), setting.tasks, setting.clock);
    }

    /** Starts a run of the task, if nothing speaks against it. */
    public Started start(Slug slug, Request request) throws InterruptedException {
        try {
            var starting = locks.start(slug);
            if (starting.isEmpty()) {
                return new Started.Refused("another start of it is under way");
            }
            try (var _ = starting.get()) {
                return alone(slug, request);
            }
        } catch (IOException | RuntimeException e) {
            // One task that can't be started keeps no other one from it.
            LOG.debug("{} could not be started", slug, e);
            return new Started.Failed(FailureWords.of(e));
        }
    }

    private Started alone(Slug slug, Request request) throws IOException, InterruptedException {
        var free = locks.run(slug, Duration.ZERO);
        if (free.isEmpty()) {
            return new Started.Refused("a worker is at it" + setting.post(slug)
                    .files()
                    .status(slug)
                    .map(Dispatcher::who)
                    .orElse(""));
        }
        free.get().close();
        aftermath.of(slug);
        try (var runner = RunnerProcess.start(setting.runner.command(setting, slug),
                JavaProgram.variables(WorkerEnvironment.of(setting.environment, setting.worker.env())))) {
            return new Starting(setting, look, slug, request).with(runner);
        }
    }

    private static String who(RunRecord run) {
        return ": run " + run.id() + (run.worker() == null ? "" : ", pid " + run.worker().pid()) + ", since "
                + run.startedAt().truncatedTo(ChronoUnit.SECONDS);
    }
}
