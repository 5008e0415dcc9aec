package dev.reeve.config;

import dev.reeve.config.ServerConfiguration.App;
import dev.reeve.model.Secret;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads which App the server is: its id, its keys and its webhook secrets, which belong together. */
record AppReader(Resolver settings, SecretFile files) {

    /** Fewer can be tried out by whoever has seen one signed delivery. */
    private static final int SHORTEST_WEBHOOK_SECRET = 16;

    /** Whether anything at all says which App it is; then the rest of it has to be there as well. */
    boolean isConfigured() {
        return Stream.of(ServerSettings.APP_ID, ServerSettings.CLIENT_ID, ServerSettings.PRIVATE_KEY,
                ServerSettings.PRIVATE_KEY_FILE, ServerSettings.WEBHOOK_SECRET, ServerSettings.WEBHOOK_SECRET_FILE)
                .anyMatch(setting -> settings.given(setting).isPresent());
    }

    App read() {
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
        if (new TextOrFile(settings, files).isText(ServerSettings.PRIVATE_KEY, ServerSettings.PRIVATE_KEY_FILE)) {
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
        var text = new TextOrFile(settings, files).read(ServerSettings.WEBHOOK_SECRET,
                ServerSettings.WEBHOOK_SECRET_FILE);
        if (settings.given(ServerSettings.WEBHOOK_SECRET).isEmpty()
                && settings.given(ServerSettings.WEBHOOK_SECRET_FILE).isEmpty()) {
            settings.fault(ServerSettings.WEBHOOK_SECRET, "not set: set it to the secret on the App's settings page");
        }
        var secrets = text.stream()
                .flatMap(t -> Arrays.stream(t.reveal().split(",", -1)))
                .map(String::strip)
                .toList();
        IntStream.range(0, secrets.size()).forEach(i -> judge(secrets.get(i), (i + 1) + " of " + secrets.size()));
        return secrets.stream().filter(secret -> !secret.isEmpty()).map(Secret::new).toList();
    }

    /** @param position says which it is; its text is never shown */
    private void judge(String secret, String position) {
        var setting = isVariable() ? ServerSettings.WEBHOOK_SECRET : ServerSettings.WEBHOOK_SECRET_FILE;
        if (secret.isEmpty()) {
            settings.fault(setting, "secret " + position
                    + " is empty: put one there, or take the comma away, which stands between secrets");
        } else if (secret.length() < SHORTEST_WEBHOOK_SECRET) {
            settings.warn(setting, "secret " + position + " has fewer than " + SHORTEST_WEBHOOK_SECRET
                    + " characters, so it can be found out by trying: make one with openssl rand -hex 32"
                    + " (a comma stands between secrets, so none can hold one)");
        }
    }

    private boolean isVariable() {
        return settings.rank(ServerSettings.WEBHOOK_SECRET) <= settings.rank(ServerSettings.WEBHOOK_SECRET_FILE);
    }

    private String secretsFrom() {
        return isVariable() ? ServerSettings.WEBHOOK_SECRET.variables().getFirst()
                : settings.given(ServerSettings.WEBHOOK_SECRET_FILE).map(Value::toString).orElse("");
    }
}
