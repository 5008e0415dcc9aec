package dev.reeve.app;

import dev.reeve.config.Inputs;
import dev.reeve.config.ServerConfiguration;
import dev.reeve.inbox.Checkpoint;
import dev.reeve.kit.FakeGitHub;
import dev.reeve.kit.SettableClock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import static org.assertj.core.api.Assertions.assertThat;

class ServerSecretsTest {

    @TempDir
    private Path folder;
    private int deliveries;

    @Test
    void webhookSecretAndAdminTokenRotateWhileTheServerRuns() throws Exception {
        var clock = SettableClock.atNoon();
        Files.writeString(folder.resolve("hook"), "the-old-secret");
        Files.writeString(folder.resolve("admin"), "the-old-admin-token");
        try (var gitHub = FakeGitHub.start(clock); var server = start(gitHub, clock)) {
            assertThat(deliver(server, "the-old-secret")).isEqualTo(202);
            assertThat(deliver(server, "the-new-secret")).isEqualTo(401);

            Files.writeString(folder.resolve("hook"), "the-new-secret,the-old-secret");
            Files.writeString(folder.resolve("admin"), "the-new-admin-token");
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> deliver(server, "the-new-secret") == 202);

            assertThat(deliver(server, "the-old-secret")).as("both are good while GitHub is told").isEqualTo(202);
            assertThat(metrics(server, "the-old-admin-token")).isEqualTo("show the admin token as bearer token\n");
            assertThat(metrics(server, "the-new-admin-token"))
                    .contains("reeve_webhook_signatures_total{from=\"hook\",secret=\"1\"}",
                            "reeve_webhook_signatures_total{from=\"hook\",secret=\"2\"} 1.0",
                            "reeve_app_key_uses_total{key=\"SHA256:",
                            "reeve_secrets_faulty 0.0", "reeve_secrets_reloads_total 1.0")
                    .doesNotContain("the-new", "the-old");
        }
    }

    private Server start(FakeGitHub gitHub, SettableClock clock) {
        var environment = Map.of("GITHUB_APP_ID", "4711", "GITHUB_APP_PRIVATE_KEY", gitHub.app().privateKeyPem(),
                "GITHUB_WEBHOOK_SECRET_FILE", "hook", "REEVE_ADMIN_TOKEN_FILE", "admin", "REEVE_DATA_DIR",
                folder.resolve("data").toString(), "PORT", "0", "GITHUB_API_URL", gitHub.apiUrl().toString(),
                "GITHUB_SERVER_URL",
                folder.toUri().toString());
        return Server.start(
                Configurations
                        .valid(ServerConfiguration.read(new Inputs(Map.of(), environment, folder, Optional.empty()))),
                new Machine(clock, () -> Long.MIN_VALUE, Checkpoint.NONE));
    }

    private int deliver(Server server, String secret)
            throws IOException, InterruptedException, GeneralSecurityException {
        var body = "{\"zen\":\"Keep it logically awesome.\"}";
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        var signature = HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        deliveries++;
        return send(HttpRequest.newBuilder(address(server, "/webhooks/github"))
                .header("Content-Type", "application/json")
                .header("X-GitHub-Event", "ping")
                .header("X-GitHub-Delivery", "72d3162e-cc78-11e3-81ab-%012d".formatted(deliveries))
                .header("X-GitHub-Hook-ID", "1")
                .header("X-Hub-Signature-256", "sha256=" + signature)
                .POST(HttpRequest.BodyPublishers.ofString(body))).statusCode();
    }

    private static String metrics(Server server, String token) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(address(server, "/metrics")).header("Authorization", "Bearer " + token))
                .body();
    }

    private static java.net.http.HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }

    private static URI address(Server server, String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }
}
