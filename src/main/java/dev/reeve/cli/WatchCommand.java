package dev.reeve.cli;

import dev.reeve.app.LocalTasks;
import dev.reeve.app.Machine;
import dev.reeve.model.TasksRoot;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Follows workers. */
@Command(name = "watch", description = "Follow all workers: on a terminal a table that is kept up to date, elsewhere a line for whatever changes. With a slug, follow the worker's output.", footer = {
        "",
        "It ends when no worker is left. Exit codes: 0 done, 1 nothing is known of that task's runs, 2 wrong usage or configuration."})
final class WatchCommand implements Callable<Integer> {

    private static final long EVERY_MILLIS = 1_000;

    private final Reeve reeve;

    @Parameters(arity = "0..1", paramLabel = "SLUG", description = "The task whose worker's output is followed.")
    private @Nullable String slug;

    @Option(names = "--once", description = "Show how things stand, and end.")
    private boolean once;

    WatchCommand(Reeve reeve) {
        this.reeve = reeve;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var checkout = Workplace.mainCheckout(reeve);
        var tasks = new TasksRoot(Whereabouts.at(checkout.root()).team().tasks());
        var workers = new Workers(LocalTasks.dispatch(checkout.root(), tasks), LocalTasks.runs(checkout.root(), tasks));
        if (slug != null) {
            return new FollowedLog(reeve.console(), workers, Slugs.of(slug)).follow(once);
        }
        var clock = Machine.real().clock();
        var view = new WorkersView(reeve.console());
        var all = workers.look();
        view.show(all, clock.instant());
        while (!once && workers.anyLives(all) && !reeve.console().out().checkError()) {
            TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
            all = workers.look();
            view.show(all, clock.instant());
        }
        return Exit.DONE.code();
    }
}
