package dev.reeve.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.reeve.inbox.Arrival;
import dev.reeve.inbox.Inbox;
import dev.reeve.inbox.OpenWork;
import dev.reeve.inbox.Overview;
import dev.reeve.inbox.WorkFilter;
import dev.reeve.inbox.WorkState;
import dev.reeve.model.RepositoryName;
import dev.reeve.model.Subject;
import dev.reeve.model.Trigger;
import dev.reeve.model.WorkKey;
import dev.reeve.reconcile.JsonFields;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Calls about work, and about who forced it. */
final class QueueCalls {

    private static final int MOST_TRIGGERS = 100;
    private static final int MOST_REPLAYED = 1_000;

    private final Inbox inbox;
    private final Overview overview;

    QueueCalls(Inbox inbox) {
        this.inbox = inbox;
        this.overview = inbox.overview();
    }

    Reply list(Call call) {
        call.knowsOnly("repository", "state", "before", "limit");
        int limit = call.limit();
        var rows = overview.work(new WorkFilter(call.askedRepository(), call.askedOneOf("state", WorkState.class),
                call.askedId("before")), limit);
        return new Reply.Data(200, json -> {
            json.writeStartObject();
            counts(json);
            Json.array(json, "work", rows, Written::work);
            Written.next(json, rows.size() < limit ? null : Long.valueOf(rows.getLast().id()));
            json.writeEndObject();
        });
    }

    private void counts(JsonGenerator json) throws IOException {
        var pending = overview.pending();
        json.writeObjectFieldStart("counts");
        json.writeNumberField("due", pending.due());
        json.writeNumberField("running", pending.running());
        json.writeNumberField("waiting", pending.later());
        json.writeNumberField("dead", pending.dead());
        JsonFields.optional(json, "oldest_due", pending.oldestDue());
        json.writeEndObject();
    }

    Reply show(Call call) {
        call.knowsOnly();
        var work = named(call);
        return new Reply.Data(200, json -> {
            json.writeStartObject();
            Written.work(json, work);
            Json.array(json, "triggers", overview.triggers(work, MOST_TRIGGERS), Written::trigger);
            json.writeEndObject();
        });
    }

    private OpenWork named(Call call) {
        return overview.work(call.key())
                .orElseThrow(() -> RefusedCall.absent("there is no open work with this key: it is done, or was never "
                        + "wanted. To have it done now: POST " + Api.ROOT + "/reconcile"));
    }

    Reply replay(Call call) {
        call.knowsOnly();
        return forced(call, List.of(named(call)), "POST /queue/…/replay");
    }

    Reply replayDead(Call call) {
        call.knowsOnly();
        return forced(call, overview.work(new WorkFilter(call.repository(), WorkState.DEAD, null), MOST_REPLAYED),
                "POST /queue/…/replay");
    }

    private Reply forced(Call call, List<OpenWork> work, String how) {
        var by = call.caller().forcing(Wish.of(call, "by").text("by").orElse(null), how);
        var arrivals = work.stream()
                .flatMap(one -> key(one).stream())
                .map(key -> new Arrival(key, Trigger.of("replay")))
                .toList();
        if (!arrivals.isEmpty()) {
            int _ = inbox.queue().force(by, arrivals).join();
        }
        return new Reply.Data(202, json -> {
            json.writeStartObject();
            Json.array(json, "work", arrivals, Written::wanted);
            json.writeEndObject();
        });
    }

    /** Nothing when it was written by a version that knows more kinds of work. */
    private static Optional<WorkKey> key(OpenWork work) {
        return RepositoryName.parse(work.repository())
                .flatMap(repository -> Subject.parse(work.subject())
                        .map(subject -> new WorkKey(repository, subject)));
    }

    Reply forced(Call call) {
        call.knowsOnly("before", "limit");
        int limit = call.limit();
        var rows = overview.forced(null, call.askedId("before"), limit);
        return Written.page("forced", rows, Written::forced,
                rows.size() < limit ? null : Long.valueOf(rows.getLast().id()));
    }
}
