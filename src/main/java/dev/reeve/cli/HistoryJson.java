package dev.reeve.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.reeve.model.FollowUp;
import dev.reeve.model.RunEvent;
import dev.reeve.model.Slug;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What happened in a task's runs, for programs. */
final class HistoryJson {

    private static final Set<String> NUMBERS = Set.of("attempt", "pid", "exit_code", "signal");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");

    private HistoryJson() {}

    static void print(PrintWriter out, Slug slug, List<RunEvent> events, List<FollowUp> pending) throws IOException {
        OutputFormat.print(out, json -> {
            json.writeStartObject();
            json.writeNumberField("schema", 1);
            json.writeStringField("slug", slug.value());
            json.writeArrayFieldStart("events");
            for (var event : events) {
                write(json, event);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("pending");
            for (var update : pending) {
                write(json, update);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, RunEvent event) throws IOException {
        json.writeStartObject();
        json.writeStringField("at", event.at().toString());
        json.writeStringField("event", event.kind().id());
        if (event.runId() != null) {
            json.writeStringField("run_id", event.runId());
        }
        for (var detail : event.details().entrySet()) {
            if (NUMBERS.contains(detail.getKey()) && NUMBER.matcher(detail.getValue()).matches()) {
                json.writeNumberField(detail.getKey(), Long.parseLong(detail.getValue()));
            } else {
                json.writeStringField(detail.getKey(), detail.getValue());
            }
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, FollowUp update) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", update.id());
        json.writeStringField("at", update.at().toString());
        json.writeStringField("by", update.by());
        json.writeStringField("text", update.text());
        json.writeEndObject();
    }
}
