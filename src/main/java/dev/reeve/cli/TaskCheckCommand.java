package dev.reeve.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.reeve.model.Fault;
import dev.reeve.model.TaskPath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** Says everything that is wrong with task files. */
@Command(name = "check", description = "Print everything that is wrong with task files.", footer = {"",
        "Each fault is a line file:line:column: kind: message.",
        "Exit codes: 0 nothing is wrong, 1 something is, 2 wrong usage or configuration."})
final class TaskCheckCommand implements Callable<Integer> {

    private final Reeve reeve;

    @Parameters(paramLabel = "PATH", description = "Files or folders to check; all tasks when none is given.")
    private List<String> paths = new ArrayList<>();

    @Mixin
    private OutputFormat format = new OutputFormat();

    TaskCheckCommand(Reeve reeve) {
        this.reeve = reeve;
    }

    @Override
    public Integer call() throws IOException {
        var folder = TaskFolder.around(reeve);
        var selection = Selection.of(folder.here(), paths);
        var tree = paths.isEmpty() ? folder.existing().tree() : folder.tree();
        var found = TaskFiles.read(tree, selection.files());
        var faults = found.faults().stream().filter(f -> selection.covers(f.place().file())).toList();
        long checked = covered(selection, found.tasks()).count();
        switch (format.kind()) {
            case TEXT -> printText(faults, checked, covered(selection, found.others()).count());
            case JSON -> OutputFormat.print(reeve.console().out(), json -> writeJson(json, faults, checked));
        }
        return (faults.isEmpty() ? Exit.DONE : Exit.FAILED).code();
    }

    private static Stream<TaskPath> covered(Selection selection, List<TaskPath> paths) {
        return paths.stream().filter(path -> selection.covers(path.value()));
    }

    private void printText(List<Fault> faults, long checked, long skipped) {
        var out = reeve.console().out();
        var paint = reeve.console().paint();
        for (var fault : faults) {
            out.println(paint.strong(fault.place().toString()) + ": " + paint.bad(fault.kind().id()) + ": "
                    + fault.message());
        }
        var summary = (checked == 1 ? "1 task file" : checked + " task files") + (skipped == 0
                ? ""
                : skipped == 1 ? " (1 file without frontmatter skipped)"
                        : " (" + skipped + " files without frontmatter skipped)");
        out.println(faults.isEmpty()
                ? paint.good(summary + ", nothing is wrong.")
                : summary + ", " + (faults.size() == 1 ? "1 fault." : faults.size() + " faults."));
    }

    private static void writeJson(JsonGenerator json, List<Fault> faults, long checked) throws IOException {
        json.writeStartObject();
        json.writeBooleanField("ok", faults.isEmpty());
        json.writeNumberField("checked", checked);
        TaskJson.faults(json, faults);
        json.writeEndObject();
    }
}
