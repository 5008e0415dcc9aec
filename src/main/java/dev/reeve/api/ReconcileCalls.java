package dev.reeve.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.reeve.inbox.Arrival;
import dev.reeve.inbox.Inbox;
import dev.reeve.model.Outcome;
import dev.reeve.model.RepositoryName;
import dev.reeve.model.Slug;
import dev.reeve.model.Subject;
import dev.reeve.model.Text;
import dev.reeve.model.Trigger;
import dev.reeve.model.WorkKey;
import dev.reeve.reconcile.Rehearsed.FileEdit;
import dev.reeve.reconcile.ReportJson;
import dev.reeve.taskfile.LineDiff;
import dev.reeve.work.Rehearsals.Rehearsal;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** The call that has something reconciled, or tells what that would do. */
final class ReconcileCalls {

    private static final int LONGEST = 500;
    private static final long BUSY_SECONDS = 5;
    private static final String WHAT = "say what to reconcile: exactly one of task, pull_request and all: true";

    private final Inbox inbox;
    private final BiFunction<RepositoryName, Subject, Rehearsal> rehearsals;
    private final Set<RepositoryName> attached;
    private final InstantSource clock;

    ReconcileCalls(Inbox inbox, BiFunction<RepositoryName, Subject, Rehearsal> rehearsals,
            Set<RepositoryName> attached, InstantSource clock) {
        this.inbox = inbox;
        this.rehearsals = rehearsals;
        this.attached = Set.copyOf(attached);
        this.clock = clock;
    }

    Reply reconcile(Call call) {
        call.knowsOnly();
        var wish = Wish.of(call, "repository", "task", "pull_request", "all", "dry_run", "by");
        var repository = repository(wish)
                .orElseThrow(() -> RefusedCall.senseless("repository is missing: OWNER/NAME is expected"));
        var subject = subject(wish);
        requireKnown(repository);
        return wish.isTrue("dry_run") ? rehearse(repository, subject)
                : force(call, wish, new WorkKey(repository, subject));
    }

    /** Work on another would fail, and be in the way of nobody but whoever looks after the queue. */
    private void requireKnown(RepositoryName repository) {
        if (!attached.contains(repository) && inbox.repositories().find(repository).isEmpty()) {
            throw RefusedCall.absent("the App is not known to be installed on " + repository
                    + ": check the name, or install"
                    + " it there, in the account's settings under GitHub Apps. It is known then within moments, by GitHub's"
                    + " event, or when the server lists its installations next (REEVE_SWEEP)");
        }
    }

    /** The repository that a body names, if any. */
    static Optional<RepositoryName> repository(Wish wish) {
        return wish.text("repository")
                .map(text -> RepositoryName.parse(text)
                        .orElseThrow(() -> RefusedCall.senseless("repository must be OWNER/NAME")));
    }

    private static Subject subject(Wish wish) {
        var task = wish.text("task")
                .<Subject>map(text -> new Subject.OfTask(Slug.parse(text)
                        .orElseThrow(() -> RefusedCall.senseless("task must be a task's slug"))));
        var pull = wish.number("pull_request").<Subject>map(Subject.OfPullRequest::new);
        var all = Optional.<Subject>of(new Subject.OfAll()).filter(_ -> wish.isTrue("all"));
        var given = List.of(task, pull, all).stream().flatMap(Optional::stream).toList();
        if (given.size() != 1) {
            throw RefusedCall.senseless(WHAT);
        }
        return given.getFirst();
    }

    private Reply force(Call call, Wish wish, WorkKey key) {
        var by = call.caller().forcing(wish.text("by").orElse(null), "POST /reconcile");
        var arrivals = List.of(new Arrival(key, Trigger.of("reconcile")));
        int _ = inbox.queue().force(by, arrivals).join();
        return new Reply.Data(202, json -> {
            json.writeStartObject();
            Json.array(json, "work", arrivals, Written::wanted);
            json.writeEndObject();
        });
    }

    private Reply rehearse(RepositoryName repository, Subject subject) {
        return switch (rehearsals.apply(repository, subject)) {
            case Rehearsal.Known known -> new Reply.Data(200, json -> write(json, known));
            case Rehearsal.Busy() -> new Reply.Problem(503, "other dry runs are under way: try again in a moment",
                    BUSY_SECONDS);
            case Rehearsal.Unknown(var outcome) -> problem(outcome);
        };
    }

    private Reply problem(Outcome outcome) {
        return switch (outcome) {
            case Outcome.RetryAfter(var until, var reason) -> new Reply.Problem(503, shown(reason), seconds(until));
            case Outcome.GiveUp(var reason) -> new Reply.Problem(422, shown(reason));
            case Outcome.Failed(var reason) -> new Reply.Problem(502, shown(reason));
            case Outcome.Done() -> new Reply.Problem(500, "nothing is known of why this failed");
        };
    }

    private @Nullable Long seconds(Instant until) {
        return Math.max(1, Duration.between(clock.instant(), until).toSeconds() + 1);
    }

    private static String shown(String reason) {
        return Text.plain(reason, LONGEST);
    }

    private static void write(JsonGenerator json, Rehearsal.Known known) throws IOException {
        json.writeStartObject();
        ReportJson.members(json, known.rehearsed().report());
        json.writeNumberField("left_out", known.leftOut());
        Json.array(json, "files", known.rehearsed().edits(), ReconcileCalls::file);
        json.writeEndObject();
    }

    private static void file(JsonGenerator json, FileEdit edit) throws IOException {
        json.writeStringField("path", edit.path().toString());
        Json.array(json, "diff", edit.diff().lines(), ReconcileCalls::line);
    }

    private static void line(JsonGenerator json, LineDiff.Line line) throws IOException {
        json.writeStringField("change", Call.word(line.change()));
        json.writeNumberField("line", line.number());
        json.writeStringField("text", line.text());
    }
}
