package dev.reeve.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Practises commands while the build records the JVM's ahead-of-time cache; nothing else calls it. It is a part of the
 * jar because a cache is only good for the class path that it was recorded with.
 */
final class Training {

    private Training() {}

    /** Runs the commands that the first argument's file lists, one a line, in the folder that the second names. */
    public static void main(String[] args) throws IOException {
        try (var silent = new PrintWriter(Writer.nullWriter())) {
            // Environment and terminal are asked as Main asks, so that what the JVM needs for it is in the cache as well.
            var console = new Console(System.getenv(), Path.of(args[1]).toAbsolutePath(), silent, silent,
                    Optional.ofNullable(System.console()).filter(java.io.Console::isTerminal).isPresent()
                            ? Console.Screen.TERMINAL
                            : Console.Screen.OTHER);
            for (var line : Files.readAllLines(Path.of(args[0]))) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    Main.run(List.of(line.strip().split(" ")), console);
                }
            }
        }
        System.exit(0); // as a command ends, so that the classes that the JVM needs for it are in the cache too
    }
}
