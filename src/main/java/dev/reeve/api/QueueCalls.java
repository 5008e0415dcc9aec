package dev.reeve.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.reeve.inbox.Arrival;
import dev.reeve.inbox.Forced;
import dev.reeve.inbox.Forcing;
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
    /** So much is tried again by one call; whoever wants more calls again. */
    private static final int MOST_REPLAYED = 500;

    private final Inbox inbox;
    private final Overview overview;

    QueueCalls(Inbox inbox) {
        this.inbox = inbox;
        this.overview = inbox.overview();
    }

    Reply list(Call call) {
        call.knowsOnly("repository", "state", "before", "limit");
        var part = part(new WorkFilter(call.askedRepository(), call.askedOneOf("state", WorkState.class),
                call.askedId("before")), call.limit());
        return new Reply.Data(200, json -> {
            json.writeStartObject();
            counts(json);
            Json.array(json, "work", part.rows(), Written::work);
            part.next(json);
            json.writeEndObject();
        });
    }

    private Part<OpenWork> part(WorkFilter filter, int limit) {
        return Part.of(limit, most -> overview.work(filter, most), OpenWork::id);
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
        var by = by(call, Wish.of(call, "by"), "POST /queue/…/replay");
        return forced(by, new Part<>(List.of(named(call)), null));
    }

    Reply replayDead(Call call) {
        call.knowsOnly();
        var wish = Wish.of(call, "by", "before");
        return forced(by(call, wish, "POST /queue/…/replay"), part(new WorkFilter(call.repository(), WorkState.DEAD,
                wish.number("before").map(Long::valueOf).orElse(null)), MOST_REPLAYED));
    }

    private static Forcing by(Call call, Wish wish, String how) {
        return call.caller().forcing(wish.text("by").orElse(null), how);
    }

    private Reply forced(Forcing by, Part<OpenWork> part) {
        var arrivals = part.rows()
                .stream()
                .flatMap(one -> key(one).stream())
                .map(key -> new Arrival(key, Trigger.of("replay")))
                .toList();
        if (!arrivals.isEmpty()) {
            int _ = inbox.queue().force(by, arrivals).join();
        }
        return new Reply.Data(202, json -> {
            json.writeStartObject();
            Json.array(json, "work", arrivals, Written::wanted);
            part.next(json);
            json.writeEndObject();
        });
    }

    Reply discard(Call call) {
        call.knowsOnly();
        var by = by(call, Wish.of(call, "by"), "POST /queue/…/discard");
        var work = named(call);
        if (!inbox.queue().discard(by, call.key()).join()) {
            throw RefusedCall.senseless("only dead work can be discarded, and this is " + Call.word(work.state()));
        }
        return new Reply.Data(200, json -> {
            json.writeStartObject();
            Written.work(json, work);
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
        var before = call.askedId("before");
        return Part.of(call.limit(), most -> overview.forced(null, before, most), Forced::id)
                .reply("forced", Written::forced);
    }
}
