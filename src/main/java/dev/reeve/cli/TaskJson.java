package dev.reeve.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.reeve.model.CatalogEntry;
import dev.reeve.model.Fault;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskSummary;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;

/** Tasks as programs read them. What a task doesn't say is null. */
final class TaskJson {

    private TaskJson() {}

    static void list(JsonGenerator json, Collection<TaskSummary> tasks, Collection<CatalogEntry.Faulty> faulty,
            Collection<Fault> others) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("tasks");
        for (var task : tasks) {
            json.writeStartObject();
            members(json, task);
            json.writeEndObject();
        }
        json.writeEndArray();
        var faults = new ArrayList<Fault>();
        faulty.forEach(entry -> faults.addAll(entry.faults()));
        faults.addAll(others);
        faults(json, faults);
        json.writeEndObject();
    }

    /** What a summary says, as members of the object that is open. */
    static void members(JsonGenerator json, TaskSummary task) throws IOException {
        json.writeStringField("slug", task.slug().value());
        json.writeStringField("path", task.path().value());
        json.writeStringField("title", task.title());
        json.writeStringField("status", task.status().id());
        json.writeStringField("priority", task.priority().id());
        text(json, "milestone", task.milestone());
        text(json, "owner", task.owner());
        json.writeArrayFieldStart("depends_on");
        for (Slug slug : task.dependsOn()) {
            json.writeString(slug.value());
        }
        json.writeEndArray();
        json.writeStringField("branch", task.branch().value());
        if (task.prNumber() == null) {
            json.writeNullField("pr_number");
        } else {
            json.writeNumberField("pr_number", task.prNumber());
        }
        json.writeStringField("modified", task.modified().toString());
    }

    private static void text(JsonGenerator json, String name, @Nullable String value) throws IOException {
        json.writeFieldName(name);
        json.writeString(value);
    }

    /** The member {@code faults}. */
    static void faults(JsonGenerator json, Collection<Fault> faults) throws IOException {
        json.writeArrayFieldStart("faults");
        for (var fault : faults) {
            json.writeStartObject();
            json.writeStringField("file", fault.place().file());
            json.writeNumberField("line", fault.place().line());
            json.writeNumberField("column", fault.place().column());
            json.writeStringField("kind", fault.kind().id());
            json.writeStringField("message", fault.message());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
