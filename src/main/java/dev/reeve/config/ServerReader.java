package dev.reeve.config;

import dev.reeve.config.ServerConfiguration.App;
import dev.reeve.config.ServerConfiguration.Listen;
import dev.reeve.config.ServerConfiguration.Rhythm;
import dev.reeve.config.ServerConfiguration.Storage;
import dev.reeve.model.RepositoryName;
import dev.reeve.model.Secret;
import dev.reeve.model.Text;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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
        storage.filter(_ -> !isAppConfigured())
                .map(kept -> SavedApp.in(kept.dataDir()))
                .filter(SavedApp::isThere)
                .ifPresent(saved -> settings.lookAtLast(saved.layer(settings.faults())));
        var app = isAppConfigured() ? Optional.of(app()) : Optional.<App>empty();
        var github = GitHubSettings.read(settings);
        var listen = listen();
        var rhythm = new Rhythm(settings.get(ServerSettings.SWEEP), settings.get(ServerSettings.RECOVERY));
        var checkouts = checkouts();
        var proxies = ProxySettings.read(settings);
        return settings.outcome(storage.map(
                kept -> new ServerConfiguration(app, github, listen, kept, rhythm, checkouts, proxies, inputs)));
    }

    /** Whether anything at all says which App it is; then the rest of it has to be there as well. */
    private boolean isAppConfigured() {
        return Stream.of(ServerSettings.APP_ID, ServerSettings.CLIENT_ID, ServerSettings.PRIVATE_KEY,
                ServerSettings.PRIVATE_KEY_FILE, ServerSettings.WEBHOOK_SECRET, ServerSettings.WEBHOOK_SECRET_FILE)
                .anyMatch(setting -> settings.given(setting).isPresent());
    }

    private App app() {
        var id = settings.find(ServerSettings.APP_ID);
        var issuer = settings.find(ServerSettings.CLIENT_ID).or(() -> id);
        if (settings.given(ServerSettings.APP_ID).isEmpty() && settings.given(ServerSettings.CLIENT_ID).isEmpty()) {
            settings.fault(ServerSettings.APP_ID,
                    "not set: set it to the App ID on the App's settings page, or GITHUB_APP_CLIENT_ID to its client ID");
        }
        return new App(issuer.orElse(""), privateKeys(), webhookSecrets(), secretsFrom());
    }

    private List<Secret> privateKeys() {
        if (settings.given(ServerSettings.PRIVATE_KEY).isEmpty()
                && settings.given(ServerSettings.PRIVATE_KEY_FILE).isEmpty()) {
            settings.fault(ServerSettings.PRIVATE_KEY_FILE,
                    "not set: set it to the .pem file generated on the App's settings page, or GITHUB_APP_PRIVATE_KEY to its text");
            return List.of();
        }
        var keys = new ArrayList<Secret>();
        if (chosen(ServerSettings.PRIVATE_KEY, ServerSettings.PRIVATE_KEY_FILE)) {
            settings.find(ServerSettings.PRIVATE_KEY)
                    .ifPresent(text -> keys.addAll(pem(ServerSettings.PRIVATE_KEY, text)));
        } else {
            for (var path : settings.find(ServerSettings.PRIVATE_KEY_FILE).orElse(List.of())) {
                files.read(ServerSettings.PRIVATE_KEY_FILE, path)
                        .ifPresent(text -> keys.addAll(pem(ServerSettings.PRIVATE_KEY_FILE, text)));
            }
        }
        return List.copyOf(keys);
    }

    private List<Secret> pem(Setting<?> setting, Secret text) {
        return switch (PemTexts.split(text)) {
            case PemTexts.Keys(var keys) -> keys;
            case PemTexts.Unusable(var reason) -> {
                settings.fault(setting, reason);
                yield List.of();
            }
        };
    }

    private List<Secret> webhookSecrets() {
        var text = secret(ServerSettings.WEBHOOK_SECRET, ServerSettings.WEBHOOK_SECRET_FILE);
        if (text.isEmpty() && settings.given(ServerSettings.WEBHOOK_SECRET).isEmpty()
                && settings.given(ServerSettings.WEBHOOK_SECRET_FILE).isEmpty()) {
            settings.fault(ServerSettings.WEBHOOK_SECRET, "not set: set it to the secret on the App's settings page");
        }
        var secrets = text.stream()
                .flatMap(t -> Arrays.stream(t.reveal().split(",", -1)))
                .map(String::strip)
                .filter(s -> !s.isEmpty())
                .map(Secret::new)
                .toList();
        if (text.isPresent() && secrets.isEmpty()) {
            settings.fault(ServerSettings.WEBHOOK_SECRET, "there is no secret between its commas");
        }
        return secrets;
    }

    private String secretsFrom() {
        return settings.rank(ServerSettings.WEBHOOK_SECRET) <= settings.rank(ServerSettings.WEBHOOK_SECRET_FILE)
                ? ServerSettings.WEBHOOK_SECRET.variables().getFirst()
                : settings.given(ServerSettings.WEBHOOK_SECRET_FILE).map(Value::toString).orElse("");
    }

    private Listen listen() {
        var host = settings.get(ServerSettings.HOST);
        var token = secret(ServerSettings.ADMIN_TOKEN, ServerSettings.ADMIN_TOKEN_FILE);
        if (!Loopback.is(host) && settings.given(ServerSettings.ADMIN_TOKEN).isEmpty()
                && settings.given(ServerSettings.ADMIN_TOKEN_FILE).isEmpty()) {
            settings.fault(ServerSettings.ADMIN_TOKEN, "not set, but other machines reach " + host
                    + ": set it to a long random text (openssl rand -hex 32), or REEVE_HOST to 127.0.0.1");
        }
        return new Listen(host, settings.get(ServerSettings.PORT), settings.find(ServerSettings.PUBLIC_URL), token);
    }

    private Optional<Storage> storage() {
        var database = secret(ServerSettings.DATABASE_URL, ServerSettings.DATABASE_URL_FILE);
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

    private Optional<Secret> secret(Setting<Secret> direct, Setting<Path> file) {
        return new TextOrFile(settings, files).read(direct, file);
    }

    private boolean chosen(Setting<?> direct, Setting<?> file) {
        return new TextOrFile(settings, files).isText(direct, file);
    }
}
