package dev.reeve.config;

import dev.reeve.model.Secret;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The secrets in a process's environment, whichever command it runs and whether its configuration is valid: so that none is shown by mistake. */
public final class EnvironmentSecrets {

    /** As the settings declare them; written down here so that a command that has no settings needn't make them. A test compares. */
    static final List<String> TEXTS = List.of("GITHUB_APP_PRIVATE_KEY", "GITHUB_WEBHOOK_SECRET", "REEVE_ADMIN_TOKEN",
            "REEVE_DATABASE_URL", "GITHUB_TOKEN");
    /** Addresses that may hold a password, and of which the rest is none. */
    static final List<String> PROXIES = List.of("https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY");

    private EnvironmentSecrets() {}

    /** All of them. */
    public static List<Secret> of(Map<String, String> environment) {
        return Stream.concat(values(environment, TEXTS).flatMap(EnvironmentSecrets::parts),
                values(environment, PROXIES).flatMap(EnvironmentSecrets::ofProxy)).distinct().toList();
    }

    private static Stream<String> values(Map<String, String> environment, List<String> names) {
        return names.stream().map(name -> environment.getOrDefault(name, "")).filter(text -> !text.isBlank());
    }

    /** Whole, piece by piece where there are several, and the password of an address. */
    private static Stream<Secret> parts(String text) {
        return Stream.of(Stream.of(new Secret(text)), Arrays.stream(text.split(",", -1)).map(Secret::new),
                SecretParts.ofAddress(new Secret(text))).flatMap(parts -> parts);
    }

    private static Stream<Secret> ofProxy(String text) {
        return SecretParts.ofProxy(new Secret(text.contains("://") ? text : "http://" + text));
    }
}
