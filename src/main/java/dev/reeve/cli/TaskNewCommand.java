package dev.reeve.cli;

import dev.reeve.model.Slug;
import dev.reeve.model.TaskPath;
import dev.reeve.store.TaskWrite;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** Makes a task. */
@Command(name = "new", description = "Make a task and print its file's path.", footer = {"",
        "reeve task new fix-login --title 'Fix the login' --priority p1 --depends-on add-sessions --status ready",
        "Exit codes: 0 made, 1 not possible, 2 wrong usage or configuration."})
final class TaskNewCommand implements Callable<Integer> {

    private final Reeve reeve;

    @Parameters(index = "0", paramLabel = "SLUG", description = "The task's name: a-z, 0-9 and -, at most 120 characters.")
    private String slug = "";

    @Option(names = "--title", required = true, paramLabel = "TITLE", description = "What is to be done.")
    private String title = "";

    @Option(names = "--priority", paramLabel = "p0…p3", description = "How urgent it is; p2 where the file doesn't say.")
    private @Nullable String priority;

    @Option(names = "--owner", paramLabel = "OWNER", description = "A person or a role.")
    private @Nullable String owner;

    @Option(names = "--milestone", paramLabel = "NAME", description = "What it is a part of.")
    private @Nullable String milestone;

    @Option(names = "--depends-on", paramLabel = "SLUG,…", split = ",", description = "Tasks that must be completed before.")
    private List<String> dependsOn = new ArrayList<>();

    @Option(names = "--status", paramLabel = "STATUS", description = "Where it stands; not_started when not given.")
    private String status = "not_started";

    @Mixin
    private OutputFormat format = new OutputFormat();

    TaskNewCommand(Reeve reeve) {
        this.reeve = reeve;
    }

    @Override
    public Integer call() throws IOException {
        var task = Slugs.of(slug);
        var keys = Assignments.parse(assignments());
        var folder = TaskFolder.around(reeve);
        refuseAnother(folder, task);
        refuseUnknownDependencies(folder, task);
        var path = new TaskPath(folder.root() + "/" + task + ".md");
        write(folder, path, TaskDraft.of(folder, path, keys));
        switch (format.kind()) {
            case TEXT -> reeve.console().out().println(path);
            case JSON -> OutputFormat.print(reeve.console().out(), json -> {
                json.writeStartObject();
                json.writeStringField("slug", task.value());
                json.writeStringField("path", path.value());
                json.writeEndObject();
            });
        }
        return Exit.DONE.code();
    }

    /** The same checks as {@code task set} makes. */
    private List<String> assignments() {
        if (title.isBlank()) {
            throw Refusal.usage("--title is empty: say what is to be done");
        }
        var assignments = new ArrayList<>(List.of("title=" + title));
        add(assignments, "priority", priority);
        add(assignments, "milestone", milestone);
        add(assignments, "owner", owner);
        add(assignments, "depends_on", dependsOn.isEmpty() ? null : String.join(",", dependsOn));
        add(assignments, "status", status);
        return assignments;
    }

    private static void add(List<String> assignments, String key, @Nullable String value) {
        if (value != null) {
            assignments.add(key + "=" + value);
        }
    }

    private static void refuseAnother(TaskFolder folder, Slug task) throws IOException {
        var others = folder.tree().find(task);
        if (!others.isEmpty()) {
            throw Refusal.failed("there is a task " + task + " already: "
                    + others.stream().map(TaskPath::value).collect(Collectors.joining(", ")));
        }
    }

    private void refuseUnknownDependencies(TaskFolder folder, Slug task) throws IOException {
        for (var name : dependsOn) {
            var other = Slugs.of(name.strip());
            if (other.equals(task)) {
                throw Refusal.usage(task + " can't depend on itself");
            }
            if (folder.tree().find(other).isEmpty()) {
                throw Refusal.failed("there is no task " + other + " to depend on under " + folder.root() + "/");
            }
        }
    }

    private static void write(TaskFolder folder, TaskPath path, byte[] content) throws IOException {
        switch (folder.tree().create(path, content)) {
            case TaskWrite.Written() -> {
            }
            case TaskWrite.Changed() ->
                throw Refusal.failed(path + " is there already, and is no task: rename it or choose another slug");
            case TaskWrite.Refused(var fault) -> throw Refusal.failed(fault.toString());
        }
    }
}
