package dev.reeve.kit;

import dev.reeve.app.Machine;
import dev.reeve.app.Server;
import dev.reeve.config.Configured;
import dev.reeve.config.Inputs;
import dev.reeve.config.ServerConfiguration;
import dev.reeve.inbox.Inbox;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The real server, configured as an operator would, that can be stopped, killed and started again. */
final class StoryServer implements AutoCloseable {

    private final Map<String, String> environment;
    private final List<String> checkouts;
    private final Path folder;
    private final InstantSource clock;
    private Trap trap = new Trap();
    private @Nullable Server server;

    /** @param checkouts values of {@code --checkout} */
    StoryServer(Map<String, String> environment, List<String> checkouts, Path folder, InstantSource clock) {
        this.environment = environment;
        this.checkouts = checkouts;
        this.folder = folder;
        this.clock = clock;
    }

    /** Chance is always in the middle, so that waits are known: 1 s, 2 s, 4 s … */
    void start() {
        trap = new Trap();
        server = Server.start(configuration(environment, checkouts, folder),
                new Machine(clock, () -> Long.MIN_VALUE, trap));
    }

    static ServerConfiguration configuration(Map<String, String> environment, List<String> checkouts, Path folder) {
        Map<String, List<String>> flags = checkouts.isEmpty() ? Map.of() : Map.of("--checkout", checkouts);
        return switch (ServerConfiguration.read(new Inputs(flags, environment, folder, Optional.empty()))) {
            case Configured.Valid<ServerConfiguration>(var configuration, var _, var _) -> configuration;
            case Configured.Faulty<ServerConfiguration>(var faults, var _, var _) ->
                throw new AssertionError(faults.toString());
        };
    }

    Path dataFolder() {
        return Path.of(environment.getOrDefault("REEVE_DATA_DIR", ""));
    }

    URI webhook() {
        return URI.create("http://127.0.0.1:" + running().port() + "/webhooks/github");
    }

    Inbox inbox() {
        return running().inbox();
    }

    /** The sum of a counter's values, by its Prometheus name, as {@code /metrics} shows it. */
    double counted(String name) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + running().port() + "/metrics")).build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(name))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Trap trap() {
        return trap;
    }

    boolean isSettled() {
        return running().isSettled();
    }

    void wake() {
        running().wake();
    }

    private Server running() {
        return Objects.requireNonNull(server, "the server isn't running");
    }

    @Override
    public void close() {
        if (server != null) {
            FakeDelivery.hangUp(webhook());
            server.close();
            server = null;
        }
    }
}
