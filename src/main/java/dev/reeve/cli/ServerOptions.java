package dev.reeve.cli;

import dev.reeve.config.Inputs;
import dev.reeve.model.Text;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The flags that say how the server runs; what they may hold is for {@link dev.reeve.config.ServerConfiguration} to say. */
final class ServerOptions {

    @Option(names = "--config", paramLabel = "FILE", description = "The server's own configuration file.")
    private @Nullable String config;

    @Option(names = "--host", paramLabel = "HOST", description = "The address to listen on (127.0.0.1).")
    private @Nullable String host;

    @Option(names = "--port", paramLabel = "PORT", description = "The port to listen on (8080).")
    private @Nullable String port;

    @Option(names = "--public-url", paramLabel = "URL", description = "The address under which others reach the server.")
    private @Nullable String publicUrl;

    @Option(names = "--data-dir", paramLabel = "FOLDER", description = "Where inbox and clones are kept.")
    private @Nullable String dataDir;

    @Option(names = "--checkout", paramLabel = "OWNER/REPO=PATH", description = "An operator's checkout to keep tidy as well; may be given several times.")
    private List<String> checkouts = new ArrayList<>();

    /** These flags together with the environment. */
    Inputs inputs(Reeve reeve) {
        var flags = new HashMap<String, List<String>>();
        put(flags, "--host", host);
        put(flags, "--port", port);
        put(flags, "--public-url", publicUrl);
        put(flags, "--data-dir", dataDir);
        flags.put("--checkout", List.copyOf(checkouts));
        return new Inputs(flags, reeve.console().environment(), reeve.directory(),
                Optional.ofNullable(config).map(ServerOptions::path));
    }

    private static void put(Map<String, List<String>> flags, String name, @Nullable String value) {
        if (value != null) {
            flags.put(name, List.of(value));
        }
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw Refusal.usage("--config " + Text.quoted(text) + " is not a path");
        }
    }
}
