package dev.reeve.cli;

import dev.reeve.app.Machine;
import dev.reeve.demo.Demo;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Tells newcomers what Reeve does, by doing it. */
@Command(name = "demo", description = "Show what happens when a pull request is merged: the real server in a small world of its own.", footer = {
        "", "It needs git and nothing else; nothing outside its folder is touched, and nothing leaves this machine."})
final class DemoCommand implements Callable<Integer> {

    private final Reeve reeve;

    @Option(names = "--folder", paramLabel = "FOLDER", description = "An empty or new folder for the demo's world (default: a temporary one).")
    private @Nullable Path folder;

    DemoCommand(Reeve reeve) {
        this.reeve = reeve;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var console = reeve.console();
        var teller = new PrintedStory(console.out(), console.paint());
        var world = world();
        new Demo(teller, Machine.real().clock()).run(world);
        look(teller, Demo.checkout(world));
        teller.end("Look around in " + world + ", or go on: README.md tells how to run it on a repository of yours.");
        return Exit.DONE.code();
    }

    /** What the operator of the world sees, by the commands that they would use. */
    private void look(PrintedStory teller, Path checkout) {
        var environment = new HashMap<>(reeve.console().environment());
        environment.put("TASK_MANAGER_OWNER", "dave");
        environment.put("TASK_MANAGER_PR_CI_CHECK", "0");
        var console = new Console(Map.copyOf(environment), checkout, reeve.console().out(), reeve.console().err(),
                reeve.console().screen());
        for (var command : List.of(List.of("heartbeat", "--once", "--no-reconcile"),
                List.of("explain", "speed-up-cart"))) {
            teller.step("The operator asks: reeve " + String.join(" ", command));
            console.out().println();
            if (Main.run(command, console) != Exit.DONE.code()) {
                throw Refusal.failed(
                        "reeve " + command.getFirst() + " failed in the demo's world, which is a fault of Reeve");
            }
        }
    }

    private Path world() throws IOException {
        if (folder == null) {
            return Files.createTempDirectory("reeve-demo-").toRealPath();
        }
        var path = reeve.directory().resolve(folder);
        Files.createDirectories(path);
        try (var files = Files.list(path)) {
            if (files.findAny().isPresent()) {
                throw Refusal.usage("--folder " + path + " is not empty: name a new folder");
            }
        }
        return path.toRealPath();
    }
}
