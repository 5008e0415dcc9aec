package dev.reeve.decide;

import dev.reeve.model.Run;
import dev.reeve.model.Sha;
import dev.reeve.model.Tombstone;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/** A worker's last run, an hour ago unless the story says otherwise. */
final class GivenRun {

    private final String state;
    private final boolean alive;
    private @Nullable Integer exitCode;
    private @Nullable String outcome;
    private Instant updated = GivenTask.NOW.minus(Duration.ofHours(1));
    private @Nullable Instant output;
    private @Nullable Instant retryAt;
    private @Nullable String runId = "r1";
    private @Nullable Tombstone tombstone;
    private Run.Account account = Run.Account.NONE;
    private int pending;

    private GivenRun(String state, boolean alive) {
        this.state = state;
        this.alive = alive;
    }

    static GivenRun alive() {
        return new GivenRun("running", true);
    }

    static GivenRun dead(String state) {
        return new GivenRun(state, false);
    }

    static GivenRun exited(int code) {
        var run = dead("exited");
        run.exitCode = code;
        return run;
    }

    GivenRun outcome(String text) {
        outcome = text;
        return this;
    }

    GivenRun ago(Duration ago) {
        updated = GivenTask.NOW.minus(ago);
        return this;
    }

    GivenRun output(Duration ago) {
        output = GivenTask.NOW.minus(ago);
        return this;
    }

    GivenRun limitedFor(Duration more) {
        retryAt = GivenTask.NOW.plus(more);
        return this;
    }

    /** This commit was checked out when it ended. */
    GivenRun head(Sha head) {
        account = new Run.Account(account.summary(), account.reason(), account.claimed(), head);
        return this;
    }

    GivenRun said(@Nullable String summary, @Nullable String reason, @Nullable String claimed) {
        account = new Run.Account(summary, reason, claimed, account.head());
        return this;
    }

    GivenRun pending(int updates) {
        pending = updates;
        return this;
    }

    GivenRun id(@Nullable String id) {
        runId = id;
        return this;
    }

    GivenRun tombstone(@Nullable String id, String state, @Nullable Integer code, @Nullable String outcome) {
        tombstone = new Tombstone(id, state, code, outcome, updated);
        return this;
    }

    Run run() {
        return new Run(runId, state, alive, exitCode, outcome, updated.minusSeconds(600), updated, output, retryAt,
                tombstone, account, pending);
    }
}
