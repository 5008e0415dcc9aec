package dev.reeve.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.reeve.inbox.Arrival;
import dev.reeve.inbox.DeliveryFilter;
import dev.reeve.inbox.DeliveryState;
import dev.reeve.inbox.Forcing;
import dev.reeve.inbox.Inbox;
import dev.reeve.inbox.NotDurableException;
import dev.reeve.inbox.Overview;
import dev.reeve.inbox.SeenDelivery;
import dev.reeve.intake.KeptDelivery;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** Calls about deliveries. */
final class DeliveryCalls {

    /** So much is told of what became of one delivery. */
    private static final int MOST_TOLD = 100;
    /** So many are processed again by one call, since each body is read; whoever wants more calls again. */
    private static final int MOST_FORCED = 500;
    private static final int AT_ONCE = 8 * 1024;

    private final Inbox inbox;
    private final Overview overview;
    private final InstantSource clock;

    DeliveryCalls(Inbox inbox, InstantSource clock) {
        this.inbox = inbox;
        this.overview = inbox.overview();
        this.clock = clock;
    }

    Reply list(Call call) {
        call.knowsOnly("event", "repository", "status", "since", "before", "limit");
        var filter = new DeliveryFilter(call.asked("event").orElse(null), call.askedRepository(),
                call.askedOneOf("status", DeliveryState.class),
                call.asked("since", "a time such as 2026-01-31T12:00:00Z, or how long ago: 90s, 3m, 1h, 2d",
                        text -> Call.time(text, clock.instant())),
                call.askedId("before"));
        return part(filter, call.limit()).reply("deliveries", Written::delivery);
    }

    private Part<SeenDelivery> part(DeliveryFilter filter, int limit) {
        return Part.of(limit, most -> overview.deliveries(filter, most), seen -> seen.delivery().id());
    }

    Reply show(Call call) {
        call.knowsOnly("body");
        var seen = named(call);
        boolean body = call.asked("body", "1", text -> Optional.of(text).filter("1"::equals)) != null;
        Json told = json -> {
            json.writeStartObject();
            Written.delivery(json, seen);
            became(json, seen.delivery().guid());
            if (body) {
                body(json, seen.delivery().id());
            }
            json.writeEndObject();
        };
        return body ? new Reply.Large(200, told) : new Reply.Data(200, told);
    }

    private void became(JsonGenerator json, String guid) throws IOException {
        Json.array(json, "work", overview.workOf(guid, MOST_TOLD), Written::work);
        Json.array(json, "done", overview.endsOf(guid, MOST_TOLD), Written::ended);
        Json.array(json, "forced", overview.forced(guid, null, MOST_TOLD), Written::forced);
    }

    /** It was read as JSON before it was taken in, and may be 25 MB. */
    private void body(JsonGenerator json, long delivery) throws IOException {
        var body = inbox.body(delivery);
        if (body.isPresent()) {
            json.writeFieldName("body");
            json.writeRawValue("");
            try (var text = new InputStreamReader(body.get().open(), StandardCharsets.UTF_8)) {
                var some = new char[AT_ONCE];
                for (int read = text.read(some); read >= 0; read = text.read(some)) {
                    json.writeRaw(some, 0, read);
                }
            }
        }
    }

    private SeenDelivery named(Call call) {
        var name = call.part("id");
        return (name.matches("[1-9][0-9]{0,17}") ? overview.delivery(Long.parseLong(name)) : overview.delivery(name))
                .orElseThrow(() -> RefusedCall.absent("there is no such delivery here: its id or GUID is expected, and "
                        + "deliveries are kept for " + Inbox.KEPT.toDays() + " days"));
    }

    Reply redeliver(Call call) {
        call.knowsOnly();
        var seen = named(call);
        var by = call.caller().forcing(Wish.of(call, "by").text("by").orElse(null), "POST /deliveries/…/redeliver");
        var arrivals = again(seen, by);
        return new Reply.Data(202, json -> {
            json.writeStartObject();
            Json.array(json, "work", arrivals, Written::wanted);
            json.writeEndObject();
        });
    }

    /** The work of a delivery is wanted again, at once. */
    private List<Arrival> again(SeenDelivery seen, Forcing by) {
        var arrivals = inbox.body(seen.delivery().id())
                .map(body -> KeptDelivery.arrivals(seen.delivery(), body))
                .orElse(List.of());
        if (!arrivals.isEmpty()) {
            int _ = inbox.queue().force(by, arrivals).join();
        }
        return arrivals;
    }

    Reply redeliverMany(Call call) {
        call.knowsOnly();
        var wish = Wish.of(call, "failed", "since", "repository", "before", "by");
        var filter = filter(wish);
        var by = call.caller().forcing(wish.text("by").orElse(null), "POST /redeliver");
        var part = part(filter, MOST_FORCED);
        int redelivered = again(part.rows(), by);
        return new Reply.Data(202, json -> {
            json.writeStartObject();
            json.writeNumberField("redelivered", redelivered);
            json.writeNumberField("nothing_to_do", part.rows().size() - redelivered);
            part.next(json);
            json.writeEndObject();
        });
    }

    /** How many of them had anything done. */
    private int again(List<SeenDelivery> all, Forcing by) {
        int forced = 0;
        for (var seen : all) {
            try {
                forced += again(seen, by).isEmpty() ? 0 : 1;
            } catch (CompletionException e) {
                if (e.getCause() instanceof NotDurableException) {
                    throw RefusedCall.notDurable("no more than " + forced + " were redelivered");
                }
                throw e;
            }
        }
        return forced;
    }

    private DeliveryFilter filter(Wish wish) {
        if (wish.isTrue("failed") == wish.has("since")) {
            throw RefusedCall.senseless("say which: either failed: true, or since with a time or how long ago");
        }
        var since = wish.text("since")
                .map(text -> Call.time(text, clock.instant())
                        .orElseThrow(() -> RefusedCall.senseless(
                                "since must be a time such as 2026-01-31T12:00:00Z, or how long ago: 90s, 3m, 1h, 2d")));
        var before = wish.number("before").map(Long::valueOf).orElse(null);
        return new DeliveryFilter(null, ReconcileCalls.repository(wish).orElse(null),
                wish.isTrue("failed") ? DeliveryState.DEAD : null, since.orElse(null), before);
    }
}
