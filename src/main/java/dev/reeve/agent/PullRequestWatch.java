package dev.reeve.agent;

import dev.reeve.agent.PullRequestSource.Connected;
import dev.reeve.agent.PullRequestSource.Missing;
import dev.reeve.agent.PullRequestSource.SwitchedOff;
import dev.reeve.github.GitHubFailure;
import dev.reeve.github.GitHubFailure.Kind;
import dev.reeve.github.RepositoryClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Knows what GitHub says of pull requests, as far as somebody wants to know. It asks in the background, once per cycle and never twice at the same time: who
 * refreshes it waits only as long as it has patience, and gets what is known by then.
 *
 * <p><b>Threading</b>: one thread refreshes, and only that one changes what is known; the lookup runs on the executor and hands over its outcome when it is
 * complete. Any thread may close; then a lookup that is under way is interrupted and its outcome is never used.
 */
public final class PullRequestWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PullRequestWatch.class);

    private final PullRequestLine line;
    private final Executor executor;
    private final InstantSource clock;
    private Optional<Known> known = Optional.empty();
    private Outcome last = new Outcome.Failed("GitHub has not answered yet");
    private String told = "";
    private volatile @Nullable FutureTask<Outcome> running;
    private volatile boolean closed;

    /**
     * A watch that has asked nothing yet.
     *
     * @param source gives the connection; asked in the background before the first lookup, and again while there is none or when the one that there is
     *        was refused, as an operator may have logged in meanwhile
     * @param executor runs one lookup at a time, on a thread that may be interrupted
     */
    public PullRequestWatch(Supplier<PullRequestSource> source, Executor executor, InstantSource clock) {
        this.line = new PullRequestLine(source);
        this.executor = executor;
        this.clock = clock;
    }

    /**
     * Asks anew, unless an earlier lookup is still under way, and gives the newest complete answers.
     *
     * @param patience how long it may wait for GitHub; what comes later is given the next time
     */
    public PullRequestAnswers refresh(Wanted wanted, Duration patience) {
        takeOver();
        var lookup = running;
        if (lookup == null && !closed) {
            lookup = start(wanted);
        }
        if (lookup != null) {
            await(lookup, patience);
            takeOver();
        }
        return answers();
    }

    private FutureTask<Outcome> start(Wanted wanted) {
        var before = known;
        var lookup = new FutureTask<>(() -> look(wanted, before));
        running = lookup;
        if (closed) {
            lookup.cancel(true);
        }
        try {
            executor.execute(lookup);
        } catch (RejectedExecutionException e) {
            lookup.cancel(true);
        }
        return lookup;
    }

    private Outcome look(Wanted wanted, Optional<Known> before) {
        return switch (line.open()) {
            case SwitchedOff(var reason) -> new Outcome.SwitchedOff(reason);
            case Missing(var reason) -> new Outcome.NeedsAPerson(reason);
            case Connected connected -> ask(connected.gitHub(), wanted, before);
        };
    }

    private Outcome ask(RepositoryClient gitHub, Wanted wanted, Optional<Known> before) {
        try {
            return new Inquiry(gitHub, clock, before).ask(wanted);
        } catch (GitHubFailure failure) {
            var reason = String.valueOf(failure.getMessage());
            return switch (failure.kind()) {
                case Kind.RateLimited _,Kind.Unavailable _,Kind.Rejected _,Kind.Malformed _ ->
                    new Outcome.Failed(reason);
                case Kind.Denied _,Kind.NotFound _,Kind.NotInstalled _,Kind.Suspended _ -> {
                    line.drop();
                    yield new Outcome.NeedsAPerson(reason);
                }
            };
        }
    }

    private static void await(FutureTask<Outcome> lookup, Duration patience) {
        try {
            lookup.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException | CancellationException _) {
            // How it ended is looked at by whoever takes it over; that it hasn't is what patience is for.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes over what a lookup that has ended brought. */
    private void takeOver() {
        var lookup = running;
        if (lookup != null && lookup.isDone()) {
            running = null;
            last = outcome(lookup);
            known = last instanceof Outcome.Asked asked ? Optional.of(asked.known()) : known;
        }
    }

    private static Outcome outcome(FutureTask<Outcome> lookup) {
        return switch (lookup.state()) {
            case SUCCESS -> lookup.resultNow();
            case CANCELLED, RUNNING -> new Outcome.Failed("asking GitHub was stopped");
            case FAILED -> {
                log.debug("Asking GitHub failed in a way that was not foreseen.", lookup.exceptionNow());
                yield new Outcome.Failed("asking GitHub failed in a way that was not foreseen: "
                        + lookup.exceptionNow().getClass().getSimpleName());
            }
        };
    }

    private PullRequestAnswers answers() {
        var failure = running == null ? last.failure() : Optional.of("GitHub has not answered yet");
        var notice = running == null ? notice() : Optional.<String>empty();
        return known.map(complete -> PullRequestAnswers.of(complete, failure, notice))
                .orElseGet(() -> PullRequestAnswers.unknown(reason(failure), failure, notice));
    }

    private String reason(Optional<String> failure) {
        return failure.orElse(last instanceof Outcome.SwitchedOff(var reason) ? reason : "GitHub was not asked");
    }

    /** The same thing is told again only when it was gone in between. */
    private Optional<String> notice() {
        var before = told;
        told = switch (last) {
            case Outcome.Asked _ -> "";
            case Outcome.Failed _ -> before;
            case Outcome.NeedsAPerson(var reason) -> reason;
            case Outcome.SwitchedOff _ -> "";
        };
        return Optional.of(told).filter(text -> !text.isEmpty() && !text.equals(before));
    }

    /** Ends a lookup that is under way, and the connection. What was known can still be had. */
    @Override
    public void close() {
        closed = true;
        var lookup = running;
        if (lookup != null) {
            lookup.cancel(true);
        }
        line.close();
    }
}
