package dev.reeve.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.reeve.model.Fault;
import dev.reeve.model.Slug;
import dev.reeve.model.Task;
import dev.reeve.model.TaskPath;
import dev.reeve.model.Text;
import dev.reeve.store.TaskContent;
import dev.reeve.taskfile.Reading;
import dev.reeve.taskfile.TaskFileReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

/** Prints what a task's file says. */
@Command(name = "show", description = "Print what a task's file says.", footer = {"",
        "Exit codes: 0 done, 1 there is no such task or its file is wrong, 2 wrong usage or configuration."})
final class TaskShowCommand implements Callable<Integer> {

    private static final int LONGEST = 1_000;

    private final Reeve reeve;

    @Parameters(index = "0", paramLabel = "SLUG", description = "The task: its file's name without .md.")
    private String slug = "";

    @Mixin
    private OutputFormat format = new OutputFormat();

    TaskShowCommand(Reeve reeve) {
        this.reeve = reeve;
    }

    @Override
    public Integer call() throws IOException {
        var task = Slugs.of(slug);
        var folder = TaskFolder.around(reeve);
        var path = folder.find(task);
        var reading = switch (folder.tree().read(path)) {
            case TaskContent.Absent() -> throw Refusal.failed(path + " is gone");
            case TaskContent.Refused(var fault) -> new Reading.Invalid(List.of(fault));
            case TaskContent.Present present -> TaskFileReader.read(path, present.bytes());
        };
        return switch (reading) {
            case Reading.NotATask() -> throw Refusal.failed(path + " is no task any more: it has no frontmatter");
            case Reading.Valid(var valid) -> show(valid);
            case Reading.Invalid(var faults) -> show(task, path, faults);
        };
    }

    private int show(Task task) throws IOException {
        switch (format.kind()) {
            case TEXT -> printText(task);
            case JSON -> OutputFormat.print(reeve.console().out(), json -> writeJson(json, task));
        }
        return Exit.DONE.code();
    }

    private void printText(Task task) {
        var out = reeve.console().out();
        var paint = reeve.console().paint();
        out.println(paint.strong(task.slug().value()) + "  " + Text.plain(task.path().value(), 300));
        var keys = task.frontmatter();
        int width = keys.keySet().stream().mapToInt(key -> Text.plain(key, 40).length()).max().orElse(0);
        keys.forEach((key, value) -> {
            var shown = Text.plain(key, 40);
            out.println(paint.faint(shown + " ".repeat(width - shown.length())) + "  " + Text.plain(value, LONGEST));
        });
        if (!task.openBoxes().isEmpty()) {
            out.println(paint.warning("still to be ticked:"));
            task.openBoxes().forEach(box -> out.println("  [ ] " + Text.plain(box, LONGEST)));
        }
    }

    private static void writeJson(JsonGenerator json, Task task) throws IOException {
        json.writeStartObject();
        json.writeStringField("slug", task.slug().value());
        json.writeStringField("path", task.path().value());
        json.writeStringField("branch", task.branch().value());
        json.writeObjectFieldStart("frontmatter");
        for (var entry : task.frontmatter().entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("open_boxes");
        for (var box : task.openBoxes()) {
            json.writeString(box);
        }
        json.writeEndArray();
        TaskJson.faults(json, List.of());
        json.writeEndObject();
    }

    private int show(Slug task, TaskPath path, List<Fault> faults) throws IOException {
        switch (format.kind()) {
            case TEXT -> faults.forEach(fault -> reeve.console().out().println(fault));
            case JSON -> OutputFormat.print(reeve.console().out(), json -> {
                json.writeStartObject();
                json.writeStringField("slug", task.value());
                json.writeStringField("path", path.value());
                TaskJson.faults(json, faults);
                json.writeEndObject();
            });
        }
        return Exit.FAILED.code();
    }
}
