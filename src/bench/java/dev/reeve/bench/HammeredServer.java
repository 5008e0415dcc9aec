package dev.reeve.bench;

import dev.reeve.cli.Main;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** {@code reeve serve} in a process of its own, to be killed. */
final class HammeredServer implements AutoCloseable {

    private static final String LISTENING = "listening on port ";

    private final Process process;
    private final CompletableFuture<URI> webhook = new CompletableFuture<>();

    private HammeredServer(Process process, Path log) {
        this.process = process;
        Thread.ofVirtual().start(() -> follow(log));
    }

    static HammeredServer start(Map<String, String> environment, Path log, String... arguments) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(List.of(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                Main.class.getName(), "serve"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        return new HammeredServer(builder.start(), log);
    }

    private void follow(Path log) {
        try (BufferedReader lines = process.errorReader(); var kept = Files.newBufferedWriter(log)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                kept.write(line + "\n");
                int at = line.indexOf(LISTENING);
                if (at >= 0) {
                    var port = line.substring(at + LISTENING.length()).replaceFirst("\\D.*", "");
                    webhook.complete(URI.create("http://127.0.0.1:" + port + "/webhooks/github"));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            webhook.completeExceptionally(new IllegalStateException("the server ended without listening: " + log));
        }
    }

    /** Where it takes webhooks, once it listens. */
    URI awaitPort() {
        return webhook.orTimeout(300, TimeUnit.SECONDS).join();
    }

    /** It is killed so much later, whatever it does then. */
    void killAfter(Duration time) {
        CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> process.toHandle().destroyForcibly());
    }

    void awaitDeath() throws InterruptedException {
        process.waitFor();
    }

    /** Ends it as an operator does. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the server didn't stop");
        }
    }

    /** Kills it, if it isn't dead, and waits until it is. */
    @Override
    public void close() {
        process.toHandle().destroyForcibly();
        process.onExit().join();
    }
}
