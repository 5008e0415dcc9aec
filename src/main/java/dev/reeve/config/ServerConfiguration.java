package dev.reeve.config;

import dev.reeve.model.Loopback;
import dev.reeve.model.Proxies;
import dev.reeve.model.RepositoryName;
import dev.reeve.model.Secret;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::", "[::]");

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
    public record Listen(String host, int port, Optional<URI> publicUrl, Optional<Secret> adminToken) {

        /** Whether it has an address at which others reach it. One of this machine is for trying things out. */
        public boolean isPublic() {
            return publicUrl.filter(url -> !Loopback.is(url)).isPresent();
        }

        /**
         * Where people open it: at its public address, or where it listens; where that is everywhere, on this machine.
         *
         * @param actualPort the port it listens on
         */
        public String address(int actualPort) {
            return publicUrl.map(URI::toString).orElseGet(() -> {
                boolean here = Loopback.is(host) || EVERYWHERE.contains(host);
                var named = here ? "localhost" : host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
                return "http://" + named + ":" + actualPort;
            });
        }
    }

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

    /** Reads the secrets again that may change while the server runs. */
    public Configured<ServerSecrets> secretsAgain() {
        return ServerSecrets.read(inputs, storage.dataDir());
    }

    /** Reads the admin token again. */
    public Configured<ServerSecrets> adminTokenAgain() {
        return ServerSecrets.readWithoutApp(inputs);
    }

    /** Every secret in it, so that none is shown by mistake. */
    public Stream<Secret> secrets() {
        return Stream
                .of(ServerSecrets.of(this).secrets(),
                        storage.databaseUrl()
                                .stream()
                                .flatMap(url -> Stream.concat(Stream.of(url), SecretParts.ofAddress(url))),
                        SecretParts.of(proxies))
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
