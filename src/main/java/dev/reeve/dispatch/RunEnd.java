package dev.reeve.dispatch;

import dev.reeve.decide.EndedRun;
import dev.reeve.decide.RunOutcome;
import dev.reeve.decide.RunOutcome.Attempt;
import dev.reeve.model.RegisterEntry;
import dev.reeve.model.WorkerResult;
import dev.reeve.store.Registers;
import dev.reeve.store.ResultFile;
import dev.reeve.store.RunFiles;
import dev.reeve.store.RunRecord;
import dev.reeve.store.RunRecord.State;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What a run leaves in the register, and how its end is made out and written down. */
final class RunEnd {

    private final Runner.Post post;
    private final RunOrder order;
    private final RunFiles files;
    private final Registers registers;

    RunEnd(Runner.Post post, RunOrder order) {
        this.post = post;
        this.order = order;
        this.files = post.files();
        this.registers = new Registers(post.state());
    }

    /** The attempt is spent from here on, whatever dies. */
    void launched(RunRecord run) throws IOException {
        entry(entry -> with(entry, order.attempt(), run.startedAt(), entry.prNumber()));
    }

    /**
     * Makes out how the run ended and writes it down.
     *
     * @param logBytes how much output was kept
     * @return whether another run may follow by itself
     */
    Attendance.Sequel record(RunRecord run, EndedRun.Ending how, long logBytes)
            throws IOException {
        var site = new RunSite(order.site().worktree(), order.id());
        var result = ResultFile.read(site.result());
        var now = post.clock().instant();
        var look = LastLook.at(order, result, log(logBytes), now);
        var made = RunOutcome.of(new EndedRun(now, how, result, look.shown(), look.ahead(), look.status(),
                look.limit()));
        var ended = run.ended(State.valueOf(made.state().name()), ending(now, how, made, result, look), logBytes);
        var written = files.ended(order.owner(), ended, RunWords.ended(ended, ended.ending().orElseThrow()));
        if (written == RunFiles.Written.DONE) {
            settle(made, look.number());
            site.clear();
        }
        boolean rests = how instanceof EndedRun.Ending.Stopped || made.retryAt() != null
                || how instanceof EndedRun.Ending.NeverStarted;
        return rests ? Attendance.Sequel.RESTS : Attendance.Sequel.MAY_GO_ON;
    }

    private byte[] log(long bytes) throws IOException {
        return bytes == 0 ? new byte[0] : LogTail.read(files.log(post.slug()), LogTail.MOST);
    }

    private static RunRecord.Ending ending(Instant now, EndedRun.Ending how, RunOutcome made, WorkerResult result,
            LastLook look) {
        var stated = result instanceof WorkerResult.Stated said ? said : null;
        return new RunRecord.Ending(now, how instanceof EndedRun.Ending.Exited(int code) ? Integer.valueOf(code) : null,
                how instanceof EndedRun.Ending.Killed(int signal) ? Integer.valueOf(signal) : null,
                made.outcome() == null ? null : made.outcome().id(),
                made.claimed() == null ? null : made.claimed().id(), stated == null ? null : stated.summary(),
                made.reason(), stated == null ? null : stated.prUrl(), made.retryAt(), look.head().orElse(null));
    }

    /** As often as it is done, the entry says the same. */
    private void settle(RunOutcome made, Optional<Integer> number) throws IOException {
        int spent = made.attempt() == Attempt.SPENT ? order.attempt() : order.attempt() - 1;
        entry(entry -> with(entry, Math.max(0, spent), entry.launchedAt(),
                number.isPresent() ? number.get() : entry.prNumber()));
    }

    private void entry(UnaryOperator<RegisterEntry> change) throws IOException {
        registers.update(order.owner(), entries -> {
            var changed = new LinkedHashMap<>(entries);
            changed.computeIfPresent(post.slug(),
                    (_, entry) -> order.id().value().equals(entry.runId()) ? change.apply(entry) : entry);
            return changed;
        });
    }

    private static RegisterEntry with(RegisterEntry entry, int attempts, @Nullable Instant launchedAt,
            @Nullable Integer prNumber) {
        return new RegisterEntry(entry.slug(), entry.taskPath(), entry.worktreePath(), entry.branch(),
                entry.registeredAt(), launchedAt, entry.startedAt() == null ? launchedAt : entry.startedAt(), attempts,
                entry.runId(), prNumber);
    }
}
