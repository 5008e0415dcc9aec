package dev.reeve.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a process was started with.
 *
 * @param flags each flag that was given, {@code --port}, with its values
 * @param environment its environment variables
 * @param directory its working folder, absolute: relative paths in flags and variables start there
 * @param file the file named by {@code --config}
 */
public record Inputs(Map<String, List<String>> flags, Map<String, String> environment, Path directory,
        Optional<Path> file) {

    /** Inputs from the environment alone. */
    public static Inputs of(Map<String, String> environment, Path directory) {
        return new Inputs(Map.of(), environment, directory, Optional.empty());
    }

    /** Without values: some of the variables are secrets. */
    @Override
    public String toString() {
        return "Inputs[" + directory + "]";
    }
}
