package dev.reeve.cli;

import dev.reeve.model.Fault;
import dev.reeve.model.TaskPath;
import dev.reeve.store.TaskContent;
import dev.reeve.taskfile.Edit;
import dev.reeve.taskfile.Reading;
import dev.reeve.taskfile.TaskFileEditor;
import dev.reeve.taskfile.TaskFileReader;
import dev.reeve.taskfile.Value;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** The content of a task that is yet to be made: the team's template, or ours, with the keys that were asked for. */
final class TaskDraft {

    private static final String TEMPLATE = "templates/task.md";
    private static final String BODY = """
            ## Problem

            ## QA Exploration
            - [ ] QA exploration completed

            ## Review Feedback
            - [ ] Review cleared
            """;

    private TaskDraft() {}

    /**
     * The file, which is a valid task.
     *
     * @param path where it will be
     */
    static byte[] of(TaskFolder folder, TaskPath path, SequencedMap<String, Value> keys) throws IOException {
        var template = new TaskPath(folder.root() + "/" + TEMPLATE);
        return switch (folder.tree().read(template)) {
            case TaskContent.Absent() -> filled(path, bytes("---\ntitle: x\nstatus: x\n---\n" + BODY), keys);
            case TaskContent.Refused(var fault) -> throw Refusal.failed(fault.toString());
            case TaskContent.Present found -> filled(template, found.bytes(), keys);
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] filled(TaskPath from, byte[] content, SequencedMap<String, Value> keys) {
        return switch (TaskFileEditor.set(from, content, keys)) {
            case Edit.Refused(var fault) -> throw Refusal.failed(fault.toString());
            case Edit.Unchanged() -> valid(from, content);
            case Edit.Edited edited -> valid(from, edited.content());
        };
    }

    private static byte[] valid(TaskPath from, byte[] content) {
        return switch (TaskFileReader.read(from, content)) {
            case Reading.Valid _ -> content;
            case Reading.NotATask() -> throw Refusal.failed(from + " has no frontmatter: begin it with a line ---");
            case Reading.Invalid(var faults) -> throw Refusal.failed("that would be no valid task: "
                    + faults.stream().map(Fault::toString).collect(Collectors.joining("; ")));
        };
    }
}
