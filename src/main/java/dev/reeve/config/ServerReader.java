package dev.reeve.config;

import dev.reeve.config.ServerConfiguration.App;
import dev.reeve.config.ServerConfiguration.Listen;
import dev.reeve.config.ServerConfiguration.Rhythm;
import dev.reeve.config.ServerConfiguration.Storage;
import dev.reeve.model.Loopback;
import dev.reeve.model.RepositoryName;
import dev.reeve.model.Text;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds a {@link ServerConfiguration} from its settings, and finds what is missing or doesn't go together. */
final class ServerReader {

    private final Inputs inputs;
    private final Resolver settings;
    private final SecretFile files;

    ServerReader(Inputs inputs) {
        this.inputs = inputs;
        var faults = new Faults();
        this.settings = new Resolver(OwnFile.layers(inputs, ServerSettings.ALL, faults), faults);
        this.files = new SecretFile(settings, inputs);
    }

    Configured<ServerConfiguration> read() {
        var storage = storage();
        var reader = new AppReader(settings, files);
        storage.filter(_ -> !reader.isConfigured())
                .ifPresent(kept -> SavedApp.in(kept.dataDir()).addTo(settings));
        var app = reader.isConfigured() ? Optional.of(reader.read()) : Optional.<App>empty();
        var github = GitHubSettings.read(settings);
        var listen = listen();
        var rhythm = new Rhythm(settings.get(ServerSettings.SWEEP), settings.get(ServerSettings.RECOVERY));
        var checkouts = checkouts();
        var proxies = ProxySettings.read(settings);
        return settings.outcome(storage.map(
                kept -> new ServerConfiguration(app, github, listen, kept, rhythm, checkouts, proxies, inputs)));
    }

    private Listen listen() {
        var host = settings.get(ServerSettings.HOST);
        var token = ServerSecrets.adminToken(settings, files);
        if (!Loopback.is(host) && settings.given(ServerSettings.ADMIN_TOKEN).isEmpty()
                && settings.given(ServerSettings.ADMIN_TOKEN_FILE).isEmpty()) {
            settings.fault(ServerSettings.ADMIN_TOKEN, "not set, but other machines reach " + host
                    + ": set it to a long random text (openssl rand -hex 32), or REEVE_HOST to 127.0.0.1");
        }
        return new Listen(host, settings.get(ServerSettings.PORT), settings.find(ServerSettings.PUBLIC_URL), token);
    }

    private Optional<Storage> storage() {
        var database = new TextOrFile(settings, files).read(ServerSettings.DATABASE_URL,
                ServerSettings.DATABASE_URL_FILE);
        return dataDir().map(folder -> new Storage(folder, database));
    }

    private Optional<Path> dataDir() {
        if (settings.given(ServerSettings.DATA_DIR).isPresent()) {
            return settings.find(ServerSettings.DATA_DIR)
                    .map(path -> usable(files.locate(ServerSettings.DATA_DIR, path)));
        }
        var state = absolute("XDG_STATE_HOME").or(() -> absolute("HOME").map(home -> home.resolve(".local/state")));
        if (state.isEmpty()) {
            settings.fault(ServerSettings.DATA_DIR,
                    "not set, and neither is HOME: set it to a folder for inbox and clones");
            return Optional.empty();
        }
        var folder = usable(state.get().resolve("reeve"));
        settings.note("data_dir", folder.toString(), new Source.BuiltIn());
        return Optional.of(folder);
    }

    private Optional<Path> absolute(String variable) {
        return Forms.path()
                .read(Value.builtIn(inputs.environment().getOrDefault(variable, "")), (_, _) -> {})
                .filter(Path::isAbsolute);
    }

    private Path usable(Path folder) {
        if (Files.exists(folder) && !(Files.isDirectory(folder) && Files.isWritable(folder))) {
            settings.fault(ServerSettings.DATA_DIR,
                    Text.plain(folder.toString(), 300) + " is not a folder that this user may write to");
        }
        return folder;
    }

    private Map<RepositoryName, Path> checkouts() {
        var checkouts = new LinkedHashMap<RepositoryName, Path>();
        for (var attached : settings.find(ServerSettings.CHECKOUTS).orElse(List.of())) {
            var folder = files.locate(ServerSettings.CHECKOUTS, attached.path());
            if (!Files.isDirectory(folder)) {
                settings.fault(ServerSettings.CHECKOUTS, "the checkout of " + attached.repository() + ", "
                        + Text.plain(folder.toString(), 300) + ", is not a folder: correct the path or clone it there");
            }
            checkouts.put(attached.repository(), folder);
        }
        return Map.copyOf(checkouts);
    }
}
