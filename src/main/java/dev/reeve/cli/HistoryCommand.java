package dev.reeve.cli;

import dev.reeve.app.LocalTasks;
import dev.reeve.model.FollowUp;
import dev.reeve.model.RunEvent;
import dev.reeve.model.TasksRoot;
import dev.reeve.model.Text;
import dev.reeve.store.RunHistory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** Shows what happened in a task's runs. */
@Command(name = "history", description = "Show what happened in a task's runs, and what waits to be told to its worker.", footer = {
        "", "Exit codes: 0 done, 1 nothing is known of any run, 2 wrong usage or configuration."})
final class HistoryCommand implements Callable<Integer> {

    private static final int LONGEST = 300;

    private final Reeve reeve;

    @Mixin
    private RunOptions options = new RunOptions();

    @Mixin
    private OutputFormat format = new OutputFormat();

    HistoryCommand(Reeve reeve) {
        this.reeve = reeve;
    }

    @Override
    public Integer call() throws IOException {
        var slug = options.slug();
        var checkout = Workplace.mainCheckout(reeve);
        var team = Whereabouts.at(checkout.root()).team();
        var events = LocalTasks.history(checkout.root(), new TasksRoot(team.tasks())).read(slug);
        var pending = RunHistory.pending(events);
        switch (format.kind()) {
            case TEXT -> print(events, pending);
            case JSON -> HistoryJson.print(reeve.console().out(), slug, events, pending);
        }
        if (events.isEmpty() && format.kind() == OutputFormat.Kind.TEXT) {
            reeve.console().err().println("reeve: nothing is known of any run of " + slug);
        }
        return (events.isEmpty() ? Exit.FAILED : Exit.DONE).code();
    }

    private void print(List<RunEvent> events, List<FollowUp> pending) {
        var out = reeve.console().out();
        for (var event : events) {
            out.println(event.at() + "  " + event.kind().id() + " ".repeat(10 - event.kind().id().length())
                    + (event.runId() == null ? "" : Dispatched.plain(event.runId()) + "  ") + details(event));
        }
        for (var update : pending) {
            out.println("pending: " + Dispatched.plain(update.id()) + " by " + Dispatched.plain(update.by()) + ": "
                    + shown(update.text()));
        }
    }

    private static String details(RunEvent event) {
        return event.details()
                .entrySet()
                .stream()
                .map(detail -> detail.getKey() + " " + shown(detail.getValue()))
                .map(Dispatched::plain)
                .collect(Collectors.joining(" · "));
    }

    private static String shown(String text) {
        return Text.plain(text, LONGEST);
    }
}
