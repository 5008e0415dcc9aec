package dev.reeve.config;

import dev.reeve.config.ServerConfiguration.App;
import dev.reeve.model.Secret;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Those of the server's settings that may change while it runs, read by themselves: what is wrong with any other setting by now keeps no secret from being changed.
 *
 * @param app the App with its keys and webhook secrets; empty when none is configured
 */
public record ServerSecrets(Optional<App> app, Optional<Secret> adminToken) {

    /** Of a configuration as it was read. */
    public static ServerSecrets of(ServerConfiguration configuration) {
        return new ServerSecrets(configuration.app(), configuration.listen().adminToken());
    }

    /**
     * Reads all of them anew.
     *
     * @param dataFolder where an App may have been saved
     */
    public static Configured<ServerSecrets> read(Inputs inputs, Path dataFolder) {
        var settings = settings(inputs);
        var files = new SecretFile(settings, inputs);
        var reader = new AppReader(settings, files);
        if (!reader.isConfigured()) {
            SavedApp.in(dataFolder).addTo(settings);
        }
        var app = reader.isConfigured() ? Optional.of(reader.read()) : Optional.<App>empty();
        return settings.outcome(Optional.of(new ServerSecrets(app, adminToken(settings, files))));
    }

    /** Reads the admin token anew, and nothing of an App: for as long as none is configured. */
    public static Configured<ServerSecrets> readWithoutApp(Inputs inputs) {
        var settings = settings(inputs);
        return settings.outcome(Optional
                .of(new ServerSecrets(Optional.empty(), adminToken(settings, new SecretFile(settings, inputs)))));
    }

    static Optional<Secret> adminToken(Resolver settings, SecretFile files) {
        return new TextOrFile(settings, files).read(ServerSettings.ADMIN_TOKEN, ServerSettings.ADMIN_TOKEN_FILE);
    }

    /** Of a file's faults only those count that are about it as a whole, since nothing can be read from it then. */
    private static Resolver settings(Inputs inputs) {
        var ofFile = new Faults();
        var layers = OwnFile.layers(inputs, ServerSettings.ALL, ofFile);
        var faults = new Faults();
        ofFile.all()
                .stream()
                .filter(fault -> fault.key().isEmpty())
                .forEach(fault -> faults.add(fault.source(), fault.key(), fault.message()));
        return new Resolver(layers, faults);
    }

    /** Every secret in it. */
    public Stream<Secret> secrets() {
        return Stream.concat(
                app.stream().flatMap(a -> Stream.concat(a.privateKeys().stream(), a.webhookSecrets().stream())),
                adminToken.stream());
    }
}
