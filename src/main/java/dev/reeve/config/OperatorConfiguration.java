package dev.reeve.config;

import dev.reeve.model.Loopback;
import dev.reeve.model.Secret;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * How commands reach a server.
 *
 * @param server its address, without a slash at its end
 * @param token what they show it; never an argument, which every user of the machine could read
 */
public record OperatorConfiguration(URI server, Optional<Secret> token) {

    private static final Setting<URI> SERVER = Setting.of("server", Forms.url("https", "http"), "The server to ask.")
            .flag("--server");

    /** Reads it: the flag {@code --server}, else the server's public address, else its port on this machine. */
    public static Configured<OperatorConfiguration> read(Inputs inputs) {
        var faults = new Faults();
        var settings = new Resolver(OwnFile.layers(inputs, List.of(SERVER, ServerSettings.PUBLIC_URL,
                ServerSettings.PORT, ServerSettings.ADMIN_TOKEN, ServerSettings.ADMIN_TOKEN_FILE), faults), faults);
        var token = new TextOrFile(settings, new SecretFile(settings, inputs)).read(ServerSettings.ADMIN_TOKEN,
                ServerSettings.ADMIN_TOKEN_FILE);
        int port = settings.get(ServerSettings.PORT);
        var server = settings.find(SERVER)
                .or(() -> settings.find(ServerSettings.PUBLIC_URL))
                .orElseGet(() -> URI.create("http://127.0.0.1:" + port));
        if (token.isPresent() && "http".equals(server.getScheme()) && !Loopback.is(server)) {
            settings.fault(SERVER, "http would show the admin token to whoever is on the way to " + server.getHost()
                    + ": use https");
        }
        return settings.outcome(Optional.of(new OperatorConfiguration(server, token)));
    }
}
