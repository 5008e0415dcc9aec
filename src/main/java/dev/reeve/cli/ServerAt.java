package dev.reeve.cli;

import dev.reeve.config.Configured;
import dev.reeve.config.Inputs;
import dev.reeve.config.OperatorConfiguration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The option of commands that ask a server. */
final class ServerAt {

    @Option(names = "--server", paramLabel = "URL", description = "The server to ask (REEVE_PUBLIC_URL, else this machine's).")
    private @Nullable String server;

    /**
     * The server.
     *
     * @param command what it is told that asks
     */
    ServerClient client(Reeve reeve, String command) {
        Map<String, List<String>> flags = server == null ? Map.of() : Map.of("--server", List.of(server));
        var inputs = new Inputs(flags, reeve.console().environment(), reeve.directory(), Optional.empty());
        return switch (OperatorConfiguration.read(inputs)) {
            case Configured.Valid<OperatorConfiguration>(var operator, _, _) -> new ServerClient(operator, command);
            case Configured.Faulty<OperatorConfiguration>(var faults, _, _) ->
                throw Refusal.usage(faults.getFirst().toString());
        };
    }
}
