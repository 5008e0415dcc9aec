package dev.reeve.cli;

import dev.reeve.app.Machine;
import dev.reeve.dispatch.GoingOn;
import dev.reeve.dispatch.JavaProgram;
import dev.reeve.dispatch.Runner;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskPath;
import dev.reeve.model.TasksRoot;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The entry point of a runner: not a command, so that nothing is loaded but what it takes to look after a worker. */
public final class RunnerMain {

    /** How processes of the manager's own are started. */
    private static final String COMMANDS = Main.class.getName();

    private RunnerMain() {}

    /** Arguments: the checkout's root, the tasks root in it, the task's slug. */
    public static void main(String[] args) throws IOException, InterruptedException {
        var post = new Runner.Post(Path.of(args[0]), new TasksRoot(new TaskPath(args[1])), new Slug(args[2]),
                Machine.real().clock());
        var runner = new Runner(post);
        Runtime.getRuntime().addShutdownHook(runner.stopper());
        var ended = runner.run(System.in, System.out);
        if (ended.isPresent()) {
            GoingOn.after(ended.get(), post, JavaProgram.ofCommand()
                    .command(COMMANDS, List.of("-C", post.checkout().toString(), "continue", post.slug().value(),
                            "--pending", "--owner", ended.get().owner())));
        }
    }
}
