package dev.reeve.cli;

import dev.reeve.model.Text;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** The command {@code reeve} itself: what holds for every command. */
@Command(name = "reeve", description = "Keeps the tasks of a git repository true.", sortOptions = false, footer = {"",
        "Exit codes: 0 done or nothing to do, 1 something failed or is wrong, 2 wrong usage or configuration."})
final class Reeve implements Callable<Integer> {

    private final Console console;

    @Option(names = "-C", paramLabel = "PATH", scope = ScopeType.INHERIT, description = "Work as if started in PATH.")
    private @Nullable String folder;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Print stack traces.")
    private boolean debug;

    @Option(names = {"-V", "--version"}, description = "Print the version and exit.")
    private boolean version;

    @Spec
    private @Nullable CommandSpec spec;

    Reeve(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (version) {
            console.out().println(Version.line());
            return Exit.DONE.code();
        }
        if (spec != null) {
            spec.commandLine().usage(console.err());
        }
        return Exit.USAGE.code();
    }

    /** Lets picocli know the option; it prints the help itself. */
    @Option(names = {"-h", "--help"}, usageHelp = true, scope = ScopeType.INHERIT, description = "Print help and exit.")
    void help(boolean asked) {}

    Console console() {
        return console;
    }

    boolean debugging() {
        return debug;
    }

    /** The folder to work in, as {@code -C} says; absolute. */
    Path directory() {
        if (folder == null) {
            return console.directory();
        }
        try {
            var path = console.directory().resolve(folder).normalize();
            if (Files.isDirectory(path)) {
                return path;
            }
        } catch (InvalidPathException e) {
            throw Refusal.usage("-C " + Text.quoted(folder) + " is not a path");
        }
        throw Refusal.usage("-C " + Text.quoted(folder) + ": there is no such folder");
    }
}
