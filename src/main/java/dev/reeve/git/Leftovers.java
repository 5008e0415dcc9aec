package dev.reeve.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Git processes that outlived a killed predecessor of this process: they still write to its folder. They are known by
 * their current directory, which only Reeve's own commands have there. Where there is no {@code /proc} none are found.
 */
final class Leftovers {

    private static final Path PROC = Path.of("/proc");

    private Leftovers() {}

    /** Kills every git process that runs in this folder and waits until it is gone. */
    static void end(Path folder) {
        if (!Files.isDirectory(PROC)) {
            return;
        }
        try (var processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (var process : processes) {
                if (isGitIn(process, folder)) {
                    end(Long.parseLong(process.getFileName().toString()));
                }
            }
        } catch (IOException e) {
            // Processes that can't be listed can't be ours to end.
        }
    }

    private static boolean isGitIn(Path process, Path folder) {
        try {
            return Files.readSymbolicLink(process.resolve("cwd")).equals(folder)
                    && Files.readString(process.resolve("comm")).startsWith("git");
        } catch (IOException e) {
            // Another user's process, or one that has just ended.
            return false;
        }
    }

    private static void end(long pid) {
        ProcessHandle.of(pid).ifPresent(process -> {
            process.destroyForcibly();
            process.onExit().orTimeout(5, TimeUnit.SECONDS).exceptionally(e -> process).join();
        });
    }
}
