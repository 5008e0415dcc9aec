package dev.reeve.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs commands in a checkout of its own and keeps what they print. */
final class Terminal {

    private final Path checkout;
    private final Map<String, String> environment = new HashMap<>();
    private Console.Screen screen = Console.Screen.OTHER;

    Terminal(Path folder) {
        try {
            this.checkout = folder.toRealPath().resolve("checkout");
            Files.createDirectories(checkout.resolve(".git"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        environment.put("HOME", folder.toString());
    }

    /** What a command did. */
    record Ran(int exit, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }
    }

    Terminal with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Terminal asScreen() {
        screen = Console.Screen.TERMINAL;
        return this;
    }

    Path checkout() {
        return checkout;
    }

    Path write(String path, String content) {
        try {
            var file = checkout.resolve(path);
            Files.createDirectories(file.resolveSibling("."));
            return Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String read(String path) {
        try {
            return Files.readString(checkout.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Ran run(String... args) {
        return runIn(checkout, args);
    }

    Ran runIn(Path folder, String... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        int exit = Main.run(List.of(args),
                new Console(Map.copyOf(environment), folder, new PrintWriter(out), new PrintWriter(err), screen));
        return new Ran(exit, out.toString(), err.toString());
    }
}
