package dev.reeve.kit;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;

/** What is asked about the App itself: as the App, or, for its registration from a manifest, as nobody. */
final class FakeAppRoutes {

    private static final Pattern CONVERSION = Pattern.compile("/app-manifests/([^/]+)/conversions");
    private static final Set<String> AS_APP = Set.of("/app", "/app/hook/config");

    private final FakeApp app;
    private final ConcurrentMap<String, Boolean> codes = new ConcurrentHashMap<>();

    FakeAppRoutes(FakeApp app) {
        this.app = app;
    }

    /** A person has registered the App on GitHub's page: the code that the redirect brings. */
    String registered() {
        var code = "code" + codes.size() + "x" + Long.toHexString(System.nanoTime());
        codes.put(code, true);
        return code;
    }

    static boolean isAsApp(FakeRequest request) {
        return request.method().equals("GET") && AS_APP.contains(request.path());
    }

    static boolean isAsNobody(FakeRequest request) {
        return request.method().equals("POST") && CONVERSION.matcher(request.path()).matches();
    }

    static boolean isRate(FakeRequest request) {
        return request.line().equals("GET /rate_limit");
    }

    FakeAnswer asApp(FakeRequest request) {
        return switch (request.path()) {
            case "/app" -> FakeAnswer.ok(registration());
            default -> FakeAnswer.ok(app.webhook());
        };
    }

    FakeAnswer convert(FakeRequest request) {
        var match = CONVERSION.matcher(request.path());
        if (!match.matches() || codes.remove(match.group(1)) == null) {
            return FakeRoutes.notFound();
        }
        return FakeAnswer.created(registration().put("client_secret", "c".repeat(40))
                .put("webhook_secret", app.webhookSecret().orElse(null))
                .put("pem", app.privateKeyPem()));
    }

    static FakeAnswer rate(FakeInstallation installation) {
        var core = FakeJson.object();
        installation.withLimits(FakeAnswer.ok(core)).headers().forEach((name, value) -> {
            if (value.matches("[0-9]+")) {
                core.put(name.replaceFirst("X-RateLimit-", "").toLowerCase(Locale.ROOT),
                        Math.max(0, Long.parseLong(value)));
            }
        });
        var json = FakeJson.object();
        json.putObject("resources").set("core", core);
        return FakeAnswer.ok(json);
    }

    private ObjectNode registration() {
        var json = FakeJson.object()
                .put("id", app.id())
                .put("client_id", app.clientId())
                .put("slug", "reeve-test")
                .put("name", "Reeve Test")
                .put("html_url", "https://github.com/apps/reeve-test");
        json.set("owner", FakeJson.user("acme"));
        app.permissions().forEach(json.putObject("permissions")::put);
        app.events().forEach(json.putArray("events")::add);
        return json;
    }

    /** An installation with what is only asked of the App as such. */
    ObjectNode installation(String account, FakeInstallation installation) {
        var json = FakeJson.installation(app, installation);
        json.set("account", FakeJson.user(account.replaceFirst("/.*", "")));
        app.events().forEach(json.putArray("events")::add);
        return json;
    }
}
