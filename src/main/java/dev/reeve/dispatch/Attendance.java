package dev.reeve.dispatch;

import dev.reeve.decide.EndedRun.Ending;
import dev.reeve.durable.FailureWords;
import dev.reeve.model.RunEvent;
import dev.reeve.store.ProcessIdentity;
import dev.reeve.store.ProcessTable;
import dev.reeve.store.RunFiles;
import dev.reeve.store.RunFiles.Written;
import dev.reeve.store.RunRecord;
import dev.reeve.store.RunRecord.State;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One run from its order to its recorded end: what prepares the worktree, then the worker.
 *
 * <p><b>Threading:</b> one thread; what happens is put into the queue by others.
 */
final class Attendance {

    private static final Logger LOG = LoggerFactory.getLogger(Attendance.class);
    /** How often the status says that the run is still looked after. */
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(60);
    /** How long the last output may take to come through the pipe once nobody is left who could write more. */
    private static final Duration LAST_OUTPUT = Duration.ofSeconds(5);
    /** How long a full disk may stay full until the end of a run is given up. */
    private static final Duration UNTIL_RECORDED = Duration.ofMinutes(10);
    private static final Duration AGAIN = Duration.ofSeconds(2);
    private static final int LONGEST_SIGNAL = 64;

    /** What may follow a run. */
    enum Sequel {
        MAY_GO_ON, RESTS
    }

    private final Runner.Post post;
    private final RunOrder order;
    private final BlockingQueue<Happening> happenings;
    private final RunFiles files;
    private final RunSite site;
    private final ProcessTable processes = new ProcessTable();
    private final Deque<List<String>> preparations;
    private final RunEnd end;
    private RunRecord record;
    private @Nullable BoundedLog log;
    private @Nullable Worker current;
    private final List<ProcessIdentity> leaders = new ArrayList<>();
    private boolean worksNow;

    Attendance(Runner.Post post, RunOrder order, BlockingQueue<Happening> happenings) throws IOException {
        this.post = post;
        this.order = order;
        this.happenings = happenings;
        this.files = post.files();
        this.site = new RunSite(order.site().worktree(), order.id());
        this.preparations = new ArrayDeque<>(order.program().prepare());
        this.end = new RunEnd(post, order);
        var now = post.clock().instant();
        var self = processes.identify(ProcessHandle.current().pid())
                .orElse(new ProcessIdentity(ProcessHandle.current().pid(), null, null));
        this.record = new RunRecord(post.slug(), order.id(), State.STARTING, order.attempt(), order.site(), self, null,
                now, now, Optional.empty(), 0);
    }

    /** Starts the first program of the run. */
    void begin() throws IOException {
        log = BoundedLog.begin(files.log(post.slug()), order.limits().logBytes());
        site.prepare(order.program().prompt(), post.clock());
        end.launched(record);
        if (preparations.isEmpty()) {
            work(RunWords.ordered(order, record.startedAt()), RunWords.prompt(order, record.startedAt()));
        } else {
            demand(files.underWay(order.owner(), record, RunWords.ordered(order, record.startedAt()),
                    RunWords.prompt(order, record.startedAt())));
            prepare();
        }
    }

    /** The pid of what runs now. */
    long pid() {
        return current().pid();
    }

    private void next() throws IOException {
        if (preparations.isEmpty()) {
            work();
        } else {
            prepare();
        }
    }

    private void prepare() throws IOException {
        start(preparations.removeFirst()).go("");
    }

    /** @param before what has happened and isn't written yet: each write costs a start its time */
    private void work(RunEvent... before) throws IOException {
        site.isPrepared();
        var program = start(order.program().command());
        var now = post.clock().instant();
        record = record.running(leaders.getLast(), now);
        var events = new ArrayList<>(List.of(before));
        events.add(RunWords.started(order, now, program.pid()));
        demand(files.underWay(order.owner(), record, events.toArray(RunEvent[]::new)));
        worksNow = true;
        program.go(order.program().input());
    }

    private Worker start(List<String> command) throws IOException {
        var program = Worker.atTheGate(command, order.site().worktree(), order.program().environment());
        current = program;
        program.keep(Objects.requireNonNull(log));
        leaders.add(identity(program));
        var _ = program.exit().thenAccept(code -> happenings.add(new Happening.Exited(code)));
        return program;
    }

    private ProcessIdentity identity(Worker program) throws IOException {
        return processes.identify(program.pid()).orElse(new ProcessIdentity(program.pid(), null, null));
    }

    private Worker current() {
        return Objects.requireNonNull(current, "nothing was started");
    }

    private static void demand(Written written) throws IOException {
        if (written == Written.LATE) {
            throw new IOException("another run has taken the task over");
        }
    }

    /** Records that the run came to nothing. */
    void neverBegan(String why) throws IOException, InterruptedException {
        record(new Ending.NeverStarted(why));
    }

    /** Waits for the run's end and records it. As long as that fails, on a full disk say, it is tried again: nobody else knows how the run ended. */
    Sequel finish() throws IOException, InterruptedException {
        keepTombstone();
        var how = ending();
        long deadline = System.nanoTime() + UNTIL_RECORDED.toNanos();
        while (true) {
            try {
                return record(how);
            } catch (IOException e) {
                if (System.nanoTime() > deadline || nobodyCares()) {
                    throw e;
                }
                LOG.warn("the end of run {} could not be recorded", order.id(), e);
                Thread.sleep(AGAIN);
            }
        }
    }

    /** Whoever wants the runner to end can't wait for a disk, and where the checkout is gone there is nothing to record. */
    private boolean nobodyCares() {
        return happenings.contains(new Happening.Stopped()) || !Files.isDirectory(post.checkout());
    }

    private Ending ending() throws InterruptedException {
        try {
            return awaited();
        } catch (IOException | RuntimeException e) {
            return new Ending.NeverStarted(FailureWords.of(e));
        }
    }

    private Ending awaited() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + order.limits().runTime().toNanos();
        while (true) {
            long left = deadline - System.nanoTime();
            var next = happenings.poll(Math.min(Math.max(left, 0), SIGN_OF_LIFE.toNanos()), TimeUnit.NANOSECONDS);
            switch (next) {
                case Happening.Stopped() -> {
                    return new Ending.Stopped();
                }
                case Happening.Exited(int code) when worksNow -> {
                    return exit(code);
                }
                case Happening.Exited(int code) when code != 0 -> {
                    return new Ending.NeverStarted("what prepares its worktree ended with exit code " + code);
                }
                case Happening.Exited _ -> next();
                case null -> {
                    if (left <= 0) {
                        return new Ending.OutOfTime(order.limits().runTime());
                    }
                    signOfLife();
                }
            }
        }
    }

    /** One that can't be written is no reason to give the run up. */
    private void signOfLife() {
        record = record.seen(post.clock().instant(), Objects.requireNonNull(log).kept());
        try {
            files.underWay(order.owner(), record);
        } catch (IOException e) {
            LOG.warn("the status of run {} could not be written", order.id(), e);
        }
        keepTombstone();
    }

    private void keepTombstone() {
        try {
            files.tombstone(order.owner(), record);
        } catch (IOException e) {
            LOG.warn("the tombstone of run {} could not be written", order.id(), e);
        }
    }

    /** A process that a signal killed gets 128 and the signal's number from the JVM, as from a shell. */
    private static Ending exit(int code) {
        return code > 128 && code <= 128 + LONGEST_SIGNAL ? new Ending.Killed(code - 128) : new Ending.Exited(code);
    }

    private Sequel record(Ending how) throws IOException, InterruptedException {
        new ProcessTree(order.id(), leaders).end(order.limits().grace());
        var kept = log;
        if (current != null && kept != null) {
            current.lastOutput(LAST_OUTPUT);
            kept.close();
        }
        return end.record(record, how, kept == null ? 0 : kept.kept());
    }
}
