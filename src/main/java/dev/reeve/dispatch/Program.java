package dev.reeve.dispatch;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** The worker's program, looked for before anything is claimed. */
final class Program {

    private Program() {}

    /** What is wrong with it; what is in the worktree can only be seen there. */
    static Optional<String> fault(Dispatcher.Setting setting) {
        var name = setting.worker().command().getFirst();
        try {
            if (name.indexOf('/') < 0) {
                return inPath(name, setting.environment().getOrDefault("PATH", "")) ? Optional.empty()
                        : Optional.of("there is no program " + name
                                + " in PATH: install it, or name another in worker.command");
            }
            var path = Path.of(name);
            return !path.isAbsolute() || isProgram(path) ? Optional.empty()
                    : Optional.of(name + (Files.exists(path) ? " can't be executed: chmod +x it" : " is not there")
                            + ", see worker.command");
        } catch (InvalidPathException e) {
            return Optional.of("worker.command names no program");
        }
    }

    private static boolean inPath(String name, String path) {
        for (var folder : path.split(File.pathSeparator, -1)) {
            if (!folder.isEmpty() && isProgram(Path.of(folder, name))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
