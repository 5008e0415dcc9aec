package dev.reeve.cli;

import dev.reeve.model.Text;
import dev.reeve.setup.Site.Mode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The options of commands that set up hooks. */
final class HookOptions {

    /** The launcher says so itself. */
    private static final String LAUNCHER = "reeve.launcher";

    @Option(names = "--dry-run", description = "Only print what would be done.")
    private boolean dryRun;

    @Option(names = "--launcher", paramLabel = "PROGRAM", description = "The reeve that the hooks run, by its absolute path (default: this one).")
    private @Nullable Path launcher;

    Mode mode() {
        return dryRun ? Mode.DRY_RUN : Mode.ACT;
    }

    /** The program that hooks run; nothing when it has to be found on the PATH. */
    Optional<Path> launcher() {
        if (launcher == null) {
            return Optional.ofNullable(System.getProperty(LAUNCHER)).map(Path::of).filter(Path::isAbsolute);
        }
        if (!launcher.isAbsolute() || !Files.isExecutable(launcher)) {
            throw Refusal.usage("--launcher " + Text.quoted(launcher.toString())
                    + " is no absolute path of a program: name the launcher reeve");
        }
        return Optional.of(launcher);
    }
}
