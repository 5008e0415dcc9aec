package dev.reeve.config;

import dev.reeve.model.Proxies;
import dev.reeve.model.RepositoryName;
import dev.reeve.model.Secret;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the server was told by flags, environment and its own file, and what was saved when its App was set up.
 *
 * @param app empty when none is configured anywhere, so that the server has to be set up
 * @param checkouts operators' checkouts that the same pass keeps tidy; absolute paths
 * @param inputs what all of this was read from
 */
public record ServerConfiguration(Optional<App> app, GitHubAddresses github, Listen listen, Storage storage,
        Rhythm rhythm, Map<RepositoryName, Path> checkouts, Proxies proxies, Inputs inputs) {

    /**
     * The GitHub App.
     *
     * @param issuer its client id, or else its id: what a JWT's {@code iss} says
     * @param privateKeys one PEM text each, the first to be tried first; never none
     * @param webhookSecrets any of them makes a signature valid; never none
     * @param secretsFrom the variable or file that the webhook secrets are from
     */
    public record App(String issuer, List<Secret> privateKeys, List<Secret> webhookSecrets, String secretsFrom) {}

    /**
     * Where it listens.
     *
     * @param port 0 for any that is free
     * @param adminToken never empty when {@code host} is reachable from other machines
     */
    public record Listen(String host, int port, Optional<URI> publicUrl, Optional<Secret> adminToken) {}

    /**
     * Where things are kept.
     *
     * @param dataDir absolute; may not exist yet
     * @param databaseUrl empty for SQLite in the data folder
     */
    public record Storage(Path dataDir, Optional<Secret> databaseUrl) {}

    /** How often repositories are swept and GitHub's delivery log is read. */
    public record Rhythm(Duration sweep, Duration recovery) {}

    /** Reads it all; reads the files that it names, and changes none. */
    public static Configured<ServerConfiguration> read(Inputs inputs) {
        return new ServerReader(inputs).read();
    }

    /** Reads it all again: the same flags and variables, and what the files hold by now. */
    public Configured<ServerConfiguration> again() {
        return read(inputs);
    }

    /** Every secret in it, so that none is shown by mistake. */
    public Stream<Secret> secrets() {
        return Stream
                .of(app.stream().flatMap(a -> Stream.concat(a.privateKeys().stream(), a.webhookSecrets().stream())),
                        listen.adminToken().stream(), storage.databaseUrl().stream())
                .flatMap(secret -> secret);
    }

    /** True when any variable that only a server needs is set. */
    public static boolean isMentioned(Map<String, String> environment) {
        return ServerSettings.ALL.stream()
                .flatMap(s -> s.variables().stream())
                .filter(name -> name.startsWith("REEVE_") || name.startsWith("GITHUB_APP_")
                        || name.startsWith("GITHUB_WEBHOOK_"))
                .anyMatch(name -> !environment.getOrDefault(name, "").isBlank());
    }
}
