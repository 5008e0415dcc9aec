package dev.reeve.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.reeve.model.Text;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Changes keys of a task file and not one other byte. */
@Command(name = "set", description = "Set keys of a task; nothing else in its file changes.", footer = {"",
        "reeve task set fix-login status=ready priority=p1 depends_on=one,two",
        "Exit codes: 0 changed or nothing to change, 1 not possible, 2 wrong usage or configuration."})
final class TaskSetCommand implements Callable<Integer> {

    private final Reeve reeve;

    @Parameters(index = "0", paramLabel = "SLUG", description = "The task: its file's name without .md.")
    private String slug = "";

    @Parameters(index = "1..*", paramLabel = "key=value", arity = "1..*", description = "What to set.")
    private List<String> assignments = new ArrayList<>();

    @Option(names = "--dry-run", description = "Only print what would change.")
    private boolean dryRun;

    @Mixin
    private OutputFormat format = new OutputFormat();

    TaskSetCommand(Reeve reeve) {
        this.reeve = reeve;
    }

    @Override
    public Integer call() throws IOException {
        var changes = Assignments.parse(assignments);
        var edit = new TaskEdit(TaskFolder.around(reeve), Slugs.of(slug), changes);
        var done = dryRun ? edit.plan() : edit.write();
        switch (format.kind()) {
            case TEXT -> printText(done);
            case JSON -> OutputFormat.print(reeve.console().out(), json -> writeJson(json, done));
        }
        return Exit.DONE.code();
    }

    private void printText(TaskEdit.Done done) {
        var out = reeve.console().out();
        var paint = reeve.console().paint();
        if (done.diff().lines().isEmpty()) {
            out.println(Text.plain(done.path().value(), 300) + " says so already, nothing to change.");
            return;
        }
        out.println(paint.strong(Text.plain(done.path().value(), 300)));
        for (var line : done.diff().lines()) {
            out.println(switch (line.change()) {
                case REMOVED -> paint.bad(line.toString());
                case ADDED -> paint.good(line.toString());
            });
        }
        if (dryRun) {
            out.println("Nothing was written (--dry-run).");
        }
    }

    private void writeJson(JsonGenerator json, TaskEdit.Done done) throws IOException {
        json.writeStartObject();
        json.writeStringField("task", slug);
        json.writeStringField("path", done.path().value());
        json.writeBooleanField("changed", !done.diff().lines().isEmpty());
        json.writeBooleanField("written", !dryRun && !done.diff().lines().isEmpty());
        json.writeArrayFieldStart("diff");
        for (var line : done.diff().lines()) {
            json.writeStartObject();
            json.writeStringField("change", switch (line.change()) {
                case REMOVED -> "removed";
                case ADDED -> "added";
            });
            json.writeNumberField("line", line.number());
            json.writeStringField("text", line.text());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

}
