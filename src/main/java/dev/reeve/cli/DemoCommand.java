package dev.reeve.cli;

import dev.reeve.app.Machine;
import dev.reeve.demo.Demo;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        teller.end("Look around in " + world + ", or go on: README.md tells how to run it on a repository of yours.");
        return Exit.DONE.code();
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
