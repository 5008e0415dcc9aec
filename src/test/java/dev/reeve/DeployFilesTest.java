package dev.reeve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** What is deployed agrees with itself: no container engine is needed to see that a path or a port was changed in one place only. */
class DeployFilesTest {

    private static final String DATA = "/var/lib/reeve";

    @Test
    void theManifestAsksForNoMoreThanItSays() throws IOException {
        Map<String, Object> manifest = yaml("app-manifest.yml");
        assertThat(manifest.get("default_permissions")).isEqualTo(
                Map.of("metadata", "read", "contents", "write", "pull_requests", "read", "checks", "write",
                        "statuses", "read", "merge_queues", "read"));
        assertThat(manifest.get("default_events")).isEqualTo(List.of("pull_request", "push", "repository", "check_run",
                "check_suite", "status", "pull_request_review", "merge_group"));
        assertThat(manifest.get("hook_attributes")).isEqualTo(
                Map.of("url", manifest.get("url") + "/webhooks/github", "active", true));
        assertThat(manifest.get("public")).isEqualTo(false);
    }

    @Test
    void theImageRunsAsNobodyOfImportanceAndSaysHowItIs() throws IOException {
        var dockerfile = text("deploy/Dockerfile");
        var server = dockerfile.substring(dockerfile.lastIndexOf("\nFROM "));
        assertThat(all(server, "(?m)^USER (.*)$")).containsExactly("10001:10001");
        assertThat(server.indexOf("USER")).isLessThan(server.indexOf("ENTRYPOINT"));
        assertThat(all(dockerfile, "useradd .*--uid (\\d+)")).containsExactly("10001");
        assertThat(all(dockerfile, "(?m)^HEALTHCHECK .*CMD \\[\"(.*)\"]$")).containsExactly("/opt/reeve/healthy");
        assertThat(text("deploy/healthy")).contains("GET /healthz ").contains("${PORT:-8080}");
    }

    @Test
    void theDataIsOnTheVolume() throws Exception {
        var dockerfile = text("deploy/Dockerfile");
        assertThat(all(dockerfile, "REEVE_DATA_DIR=(\\S+)")).containsExactly(DATA);
        assertThat(all(dockerfile, "(?m)^VOLUME (.*)$")).containsExactly(DATA);
        assertThat(all(dockerfile, "install -d -o reeve -g reeve -m 0750 (\\S+)")).containsExactly(DATA);
        assertThat(fly().at("/mounts/destination").asText()).isEqualTo(DATA);
        assertThat(fly().at("/env/REEVE_DATA_DIR").asText()).isEqualTo(DATA);
        assertThat(unit("Environment")).contains("REEVE_DATA_DIR=" + DATA);
        assertThat(unit("StateDirectory")).containsExactly(Path.of(DATA).getFileName().toString());
    }

    @Test
    void theSmallMachineIsReachedAndWatched() throws Exception {
        var fly = fly();
        assertThat(fly.at("/http_service/internal_port").asText()).isEqualTo(fly.at("/env/PORT").asText());
        assertThat(all(text("deploy/Dockerfile"), "(?m)^EXPOSE (.*)$")).containsExactly(fly.at("/env/PORT").asText());
        assertThat(fly.at("/http_service/checks/0/path").asText()).isEqualTo("/healthz");
        assertThat(fly.at("/env/REEVE_HOST").asText()).isEqualTo("0.0.0.0");
        assertThat(fly.at("/http_service/auto_stop_machines").asText()).isEqualTo("off");
        assertThat(fly.at("/build/dockerfile").asText()).isEqualTo("deploy/Dockerfile");
        assertThat(all(text("deploy/Dockerfile"), "(?m)^FROM \\S+ AS (\\S+)$")).contains(
                fly.at("/build/build-target").asText());
    }

    @Test
    void theUnitGivesNoRightsAndKeepsSecretsInFiles() throws IOException {
        assertThat(unit("User")).containsExactly("reeve");
        assertThat(unit("NoNewPrivileges")).containsExactly("true");
        assertThat(unit("CapabilityBoundingSet")).containsExactly("");
        assertThat(unit("ProtectSystem")).containsExactly("strict");
        assertThat(unit("ExecStart")).containsExactly("/opt/reeve/reeve serve");
        assertThat(unit("EnvironmentFile")).containsExactly("/etc/reeve/reeve.env");
        assertThat(unit("Environment")).noneMatch(e -> e.matches(".*(SECRET|TOKEN|PRIVATE_KEY)=.*"));
    }

    @Test
    void everythingThatIsCopiedExistsAndReachesTheBuild() throws IOException {
        var sources = all(text("deploy/Dockerfile"), "(?m)^COPY (?!--from)(.*) \\S+$").stream()
                .flatMap(s -> Pattern.compile(" ").splitAsStream(s))
                .toList();
        assertThat(sources).contains("pom.xml", "reeve").allMatch(s -> Files.exists(Path.of(s)));
        assertThat(text(".dockerignore").lines()).containsAll(sources.stream().map(s -> "!" + s).toList());
        assertThat(all(text("deploy/Dockerfile"), "source=(src\\S+?),")).allMatch(s -> Files.exists(Path.of(s)));
    }

    @Test
    void theHealthCheckTellsAServerFromNone() throws Exception {
        int port;
        try (var server = new ServerSocket(0)) {
            port = server.getLocalPort();
            Thread.startVirtualThread(() -> answerOnce(server, "HTTP/1.1 200 OK"));
            assertThat(healthy(port)).isZero();
            Thread.startVirtualThread(() -> answerOnce(server, "HTTP/1.1 503 Service Unavailable"));
            assertThat(healthy(port)).isNotZero();
        }
        assertThat(healthy(port)).isNotZero();
    }

    private static void answerOnce(ServerSocket server, String status) {
        try (var client = server.accept()) {
            assertThat(client.getInputStream().read(new byte[1024])).isPositive();
            client.getOutputStream().write((status + "\r\nContent-Length: 0\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static int healthy(int port) throws Exception {
        var builder = new ProcessBuilder("deploy/healthy").redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("PORT", Integer.toString(port));
        return builder.start().waitFor();
    }

    private static Map<String, Object> yaml(String file) throws IOException {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(text(file));
    }

    private static JsonNode fly() throws IOException {
        return new TomlMapper().readTree(text("fly.toml"));
    }

    /** The values of a setting in the unit, in its order. */
    private static List<String> unit(String setting) throws IOException {
        return all(text("deploy/systemd/reeve.service"), "(?m)^" + setting + "=(.*)$");
    }

    private static List<String> all(String text, String pattern) {
        return Pattern.compile(pattern).matcher(text).results().map((MatchResult m) -> m.group(1)).toList();
    }

    private static String text(String file) throws IOException {
        return Files.readString(Path.of(file));
    }
}
