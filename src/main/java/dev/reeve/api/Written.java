package dev.reeve.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.reeve.inbox.Arrival;
import dev.reeve.inbox.Forced;
import dev.reeve.inbox.OpenWork;
import dev.reeve.inbox.SeenDelivery;
import dev.reeve.inbox.WorkEnd;
import dev.reeve.model.Trigger;
import dev.reeve.reconcile.JsonFields;

import java.io.IOException;

/** How what the inbox knows is written. */
final class Written {

    private Written() {}

    static void delivery(JsonGenerator json, SeenDelivery seen) throws IOException {
        var delivery = seen.delivery();
        json.writeNumberField("id", delivery.id());
        json.writeNumberField("hook_id", delivery.hookId());
        json.writeStringField("guid", delivery.guid());
        json.writeStringField("event", delivery.event());
        JsonFields.optional(json, "action", delivery.action());
        JsonFields.optional(json, "repository", delivery.repository());
        if (delivery.installation() != null) {
            json.writeNumberField("installation", delivery.installation());
        }
        json.writeStringField("received_at", delivery.receivedAt().toString());
        json.writeStringField("last_received_at", delivery.lastReceivedAt().toString());
        json.writeNumberField("attempts", delivery.attempts());
        json.writeNumberField("size", delivery.size());
        json.writeStringField("status", Call.word(seen.state()));
    }

    static void work(JsonGenerator json, OpenWork work) throws IOException {
        key(json, work.repository(), work.subject());
        json.writeStringField("state", Call.word(work.state()));
        json.writeNumberField("failures", work.failures());
        json.writeStringField("since", work.since().toString());
        JsonFields.optional(json, "next", work.next());
        JsonFields.optional(json, "error", work.error());
    }

    static void ended(JsonGenerator json, WorkEnd end) throws IOException {
        json.writeStringField("repository", end.repository());
        json.writeStringField("subject", end.subject());
        json.writeStringField("at", end.at().toString());
        json.writeNumberField("attempts", end.attempts());
        JsonFields.optional(json, "last_error", end.lastError());
    }

    static void forced(JsonGenerator json, Forced forced) throws IOException {
        json.writeNumberField("id", forced.id());
        json.writeStringField("at", forced.at().toString());
        json.writeStringField("by", forced.by().person());
        json.writeStringField("how", forced.by().how());
        json.writeStringField("repository", forced.repository());
        json.writeStringField("subject", forced.subject());
        JsonFields.optional(json, "guid", forced.guid());
    }

    static void trigger(JsonGenerator json, Trigger trigger) throws IOException {
        json.writeStringField("cause", trigger.cause());
        JsonFields.optional(json, "guid", trigger.guid());
        if (trigger.pullRequest() != null) {
            json.writeNumberField("pull_request", trigger.pullRequest());
        }
        if (trigger.range() != null) {
            json.writeStringField("before", trigger.range().before().value());
            json.writeStringField("after", trigger.range().after().value());
        }
    }

    /** Work that was wanted, and where to look what becomes of it. */
    static void wanted(JsonGenerator json, Arrival arrival) throws IOException {
        key(json, arrival.key().repository().toString(), arrival.key().subject().key());
    }

    private static void key(JsonGenerator json, String repository, String subject) throws IOException {
        json.writeStringField("repository", repository);
        json.writeStringField("subject", subject);
        json.writeStringField("url", Api.ROOT + "/queue/" + repository + "/" + subject);
    }
}
