package dev.reeve.cli;

import dev.reeve.app.Server;
import dev.reeve.config.Configured;
import dev.reeve.config.SavedApp;
import dev.reeve.config.ServerConfiguration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Callable;

/** Runs the server until it is told to stop. */
@Command(name = "serve", description = "Run the server: receive GitHub's webhooks and reconcile what they concern.", footer = {
        "",
        "The App's id, key and webhook secret come from the environment, or from the set-up page that it shows where none is configured.",
        "reeve config check --server says what is used, and what is wrong with it.",
        "Exit codes: 0 stopped by a signal, 1 could not start, 2 wrong usage or configuration."})
final class ServeCommand implements Callable<Integer> {

    private final Reeve reeve;

    @Mixin
    private ServerOptions options = new ServerOptions();

    ServeCommand(Reeve reeve) {
        this.reeve = reeve;
    }

    @Override
    public Integer call() throws InterruptedException {
        System.setProperty("reeve.log", "INFO");
        var server = start(configuration());
        reeve.console().err().println("reeve: listening on port " + server.port() + "; stop it with Ctrl-C");
        if (!server.works()) {
            reeve.console()
                    .err()
                    .println("reeve: no GitHub App is configured: open " + server.setupPage() + " to register one");
        }
        // By itself the JVM would say 143 or 130, as if a stop that was asked for had failed.
        server.runUntilTheProcessEnds(() -> Runtime.getRuntime().halt(Exit.DONE.code()));
        return Exit.DONE.code();
    }

    private ServerConfiguration configuration() {
        return switch (ServerConfiguration.read(options.inputs(reeve))) {
            case Configured.Valid<ServerConfiguration>(var configuration, var origins, var warnings) -> {
                warnings.forEach(warning -> reeve.console().err().println("reeve: warning: " + warning));
                origins.stream()
                        .filter(ServeCommand::isSavedApp)
                        .findFirst()
                        .ifPresent(origin -> reeve.console()
                                .err()
                                .println("reeve: works as the App that was set up before: " + origin.source()));
                yield configuration;
            }
            case Configured.Faulty<ServerConfiguration>(var faults, var _, var _) -> {
                faults.forEach(fault -> reeve.console().err().println("reeve: " + fault));
                throw Refusal.usage(faults.size() + (faults.size() == 1 ? " fault" : " faults")
                        + " in the configuration; docs/configuration.md tells every setting");
            }
        };
    }

    private static boolean isSavedApp(Configured.Origin origin) {
        return List.of("app_id", "app_client_id").contains(origin.key())
                && origin.source().toString().contains("/" + SavedApp.FOLDER + "/app.yml");
    }

    private static Server start(ServerConfiguration configuration) {
        try {
            return Server.start(configuration);
        } catch (IllegalArgumentException e) {
            throw Refusal.usage(String.valueOf(e.getMessage()));
        } catch (IllegalStateException | UncheckedIOException e) {
            throw Refusal.failed(String.valueOf(e.getMessage()));
        }
    }
}
