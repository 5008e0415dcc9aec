package dev.reeve.config;

import dev.reeve.model.Loopback;

import java.net.URI;

/** Where GitHub is: settings that server and agent share. */
final class GitHubSettings {

    static final Setting<URI> API_URL = Setting.of("api_url", Forms.url("https", "http"),
            "GitHub's API; on Enterprise Server `https://HOST/api/v3`.")
            .or("https://api.github.com")
            .variable("GITHUB_API_URL");
    static final Setting<URI> SERVER_URL = Setting.of("server_url", Forms.url("https", "http", "file"),
            "Where repositories are cloned from; on Enterprise Server `https://HOST`. `file:` takes them from a folder.")
            .or("https://github.com")
            .variable("GITHUB_SERVER_URL");

    private GitHubSettings() {}

    /** Both addresses, with a warning where they don't go together or would send a token in the clear. */
    static GitHubAddresses read(Resolver settings) {
        var addresses = new GitHubAddresses(settings.get(API_URL), settings.get(SERVER_URL));
        if (isDefault(settings, API_URL) != isDefault(settings, SERVER_URL)) {
            settings.warn(isDefault(settings, API_URL) ? API_URL : SERVER_URL,
                    "still GitHub.com although the other of GITHUB_API_URL and GITHUB_SERVER_URL is set: set both");
        }
        if ("http".equals(addresses.api().getScheme()) && !Loopback.is(addresses.api())) {
            settings.warn(API_URL, "tokens are sent there without encryption: use https");
        }
        return addresses;
    }

    private static boolean isDefault(Resolver settings, Setting<URI> setting) {
        return settings.given(setting).map(Value::source).filter(Source.BuiltIn.class::isInstance).isPresent();
    }
}
