package dev.reeve.inbox;

import dev.reeve.model.Outcome;
import dev.reeve.model.Text;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/**
 * From claim to recorded outcome. Here a handler's failure ends: it is logged once and becomes an outcome.
 *
 * <p><b>Threading:</b> for any thread.
 */
final class RunSteps {

    private static final Logger LOG = LoggerFactory.getLogger(RunSteps.class);
    private static final long PAUSE_MILLIS = 1_000;
    private static final int MOST_FRAMES = 20;

    private final WorkQueue queue;
    private final Handler handler;
    private final InstantSource clock;
    private final Checkpoint checkpoint;

    RunSteps(WorkQueue queue, Handler handler, InstantSource clock, Checkpoint checkpoint) {
        this.queue = queue;
        this.handler = handler;
        this.clock = clock;
        this.checkpoint = checkpoint;
    }

    void run(Run run) {
        checkpoint.reached(Checkpoint.CLAIMED);
        var result = handle(run.claim());
        // The flag has done its work; left standing it would disturb the recording of the outcome.
        boolean _ = Thread.interrupted();
        var outcome = run.wasInterrupted() ? excused(result.outcome()) : result.outcome();
        record(run.claim(), new Result(outcome, result.followUps()));
        checkpoint.reached(Checkpoint.FINISHED);
    }

    /** Gives work that did not end back, so that somebody else can take it at once. */
    void release(Claim claim) {
        record(claim, Result.of(new Outcome.RetryAfter(clock.instant(), "the server stopped")));
    }

    private Result handle(Claim claim) {
        try {
            return handler.handle(claim);
        } catch (InterruptedException _) {
            return Result.of(new Outcome.Failed("interrupted"));
        } catch (Exception | StackOverflowError e) {
            LOG.error("work on {} broke off, which counts as a failure: {}{}", claim, shown(e), frames(e));
            return Result.of(new Outcome.Failed(e.toString()));
        }
    }

    /** A failure that we caused ourselves by interrupting is not counted. */
    private Outcome excused(Outcome outcome) {
        return outcome instanceof Outcome.Failed(var reason) ? new Outcome.RetryAfter(clock.instant(), reason)
                : outcome;
    }

    private void record(Claim claim, Result result) {
        for (boolean told = false;; told = true) {
            checkpoint.reached(Checkpoint.HANDLED);
            try {
                report(claim, queue.finish(claim, result.outcome(), result.followUps()).join(), result.outcome());
                return;
            } catch (CompletionException e) {
                if (!told) {
                    LOG.warn("the outcome of {} can't be recorded, trying again: {}", claim, shown(e));
                }
            }
            if (!paused()) {
                return;
            }
        }
    }

    private boolean paused() {
        try {
            Thread.sleep(PAUSE_MILLIS);
            return queue.isOpen();
        } catch (InterruptedException _) {
            return false;
        }
    }

    private static void report(Claim claim, Settlement settlement, Outcome outcome) {
        switch (settlement) {
            case DONE, AGAIN -> LOG.debug("{}: {}", claim, settlement);
            case RETRY -> LOG.info("{} is tried again: {}", claim, reason(outcome));
            case DEAD -> LOG.error("{} is given up until somebody replays it or something new arrives: {}", claim,
                    reason(outcome));
            case LEASE_LOST -> LOG.warn("{} was taken over by another worker, its outcome is dropped", claim);
        }
    }

    private static String reason(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done() -> "";
            case Outcome.Failed(var reason) -> Text.plain(reason, 300);
            case Outcome.RetryAfter(_, var reason) -> Text.plain(reason, 300);
            case Outcome.GiveUp(var reason) -> Text.plain(reason, 300);
        };
    }

    /** What was thrown, on one line; its message may quote what came from outside. */
    static String shown(Throwable thrown) {
        return Text.plain(thrown.toString(), 300);
    }

    private static String frames(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .limit(MOST_FRAMES)
                .map(frame -> "\n    at " + frame)
                .collect(Collectors.joining());
    }
}
