package dev.reeve.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class ConfigCheckCommandTest {

    @TempDir
    private Path folder;
    private Terminal terminal;

    @BeforeEach
    void openTerminal() {
        terminal = new Terminal(folder);
    }

    private void configureServer() {
        terminal.with("GITHUB_APP_ID", "1")
                .with("GITHUB_APP_PRIVATE_KEY", "-----BEGIN PRIVATE KEY-----\naHVudGVyMg==\n-----END PRIVATE KEY-----")
                .with("GITHUB_WEBHOOK_SECRET", "hunter2");
    }

    @Test
    void everyValueIsPrintedWithItsOrigin() {
        terminal.write(".reeve.yml", "heartbeat: { idle: 2h }\n");

        var ran = terminal.run("config", "check");

        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).containsPattern("heartbeat\\.idle +2h  \\(\\.reeve\\.yml:1:20\\)")
                .containsPattern("tasks +tasks  \\(default\\)")
                .contains("Nothing is wrong.");
        assertThat(ran.lines()).doesNotContain("server");
    }

    @Test
    void whatCommandsInTheCheckoutGoByIsPrintedToo() {
        terminal.with("TASK_MANAGER_OWNER", "dave").with("GITHUB_TOKEN", "ghp_secret");

        assertThat(terminal.run("config", "check")).satisfies(ran -> {
            assertThat(ran.exit()).isZero();
            assertThat(ran.lines()).contains("agent (and commands in this checkout)");
            assertThat(ran.out()).containsPattern("owner +dave  \\(TASK_MANAGER_OWNER\\)")
                    .containsPattern("github_token +\\*\\*\\*  \\(GITHUB_TOKEN\\)")
                    .doesNotContain("ghp_secret");
        });
        terminal.with("GITHUB_TOKEN", "");
        assertThat(terminal.run("config", "check").out())
                .containsPattern("github_token +what gh auth token prints  \\(default\\)");
        terminal.with("TASK_MANAGER_DISPATCH_TIMEOUT_SECONDS", "soon");
        assertThat(terminal.run("config", "check")).satisfies(ran -> {
            assertThat(ran.exit()).isEqualTo(2);
            assertThat(ran.out()).contains("TASK_MANAGER_DISPATCH_TIMEOUT_SECONDS: ", "1 fault.");
        });
    }

    @Test
    void anOwnerWhomNobodyHasNamedIsAWarningHere() {
        assertThat(terminal.run("config", "check")).satisfies(ran -> {
            assertThat(ran.exit()).isZero();
            assertThat(ran.out()).contains("warning: TASK_MANAGER_OWNER: whose queue is it?", "Nothing is wrong.");
        });
        terminal.with("TASK_MANAGER_OWNER", "///");
        assertThat(terminal.run("config", "check").exit()).isEqualTo(2);
    }

    @Test
    void aFlagOfTheServerIsEnoughToHaveItChecked() {
        assertThat(terminal.run("config", "check", "--port", "99999")).satisfies(ran -> {
            assertThat(ran.exit()).isEqualTo(2);
            assertThat(ran.lines()).contains("server");
            assertThat(ran.out()).contains("--port: ");
        });
    }

    @Test
    void aRepositoryWithoutTheFileIsToldThatTheDefaultsHold() {
        assertThat(terminal.run("config", "check").lines().getFirst())
                .isEqualTo(".reeve.yml (there is none: the defaults hold)");
    }

    @Test
    void allFaultsArePrintedAndTheCodeSaysSo() {
        terminal.write(".reeve.yml", "heartbeat: { idel: 2h }\nserver: nowhere\n");

        assertThat(terminal.run("config", "check")).satisfies(ran -> {
            assertThat(ran.exit()).isEqualTo(2);
            assertThat(ran.out()).contains(".reeve.yml:1:14: heartbeat.idel: ", ".reeve.yml:2:9: server: ",
                    "2 faults.");
        });
    }

    @Test
    void theServerIsCheckedWhenItIsMentionedOrAskedForAndItsSecretsAreNotShown() throws IOException {
        assertThat(terminal.run("config", "check", "--server").out()).as("its App may be set up later")
                .contains("server (no App is configured: reeve serve shows the page that registers one)\n",
                        "Nothing is wrong.");
        assertThat(terminal.with("GITHUB_APP_ID", "12345").run("config", "check", "--server").out())
                .contains("GITHUB_WEBHOOK_SECRET: not set", "2 faults.");

        configureServer();

        assertThat(terminal.run("config", "check")).satisfies(ran -> {
            assertThat(ran.exit()).isZero();
            assertThat(ran.out()).containsPattern("webhook_secret +\\*\\*\\*  \\(GITHUB_WEBHOOK_SECRET\\)")
                    .contains("warning: GITHUB_WEBHOOK_SECRET: secret 1 of 1 has fewer than 16 characters")
                    .doesNotContain("hunter2", "aHVudGVyMg");
        });
        assertThat(terminal.run("config", "check", "--port", "99999").out()).contains("--port: ");
        assertThat(terminal.runIn(folder.toRealPath(), "config", "check").exit()).as("a server needs no checkout")
                .isZero();
    }

    @Test
    void jsonSaysTheSame() throws IOException {
        terminal.write(".reeve.yml", "server: nowhere\n");
        configureServer();

        var out = terminal.run("config", "check", "--format", "json").out();

        var json = new ObjectMapper().readTree(out);
        assertThat(json.at("/ok").asBoolean(true)).isFalse();
        assertThat(json.at("/sections/0/faults/0/at").asText()).isEqualTo(".reeve.yml:1:9");
        assertThat(json.at("/sections/0/name").asText()).isEqualTo(".reeve.yml");
        assertThat(json.at("/sections/1/name").asText()).isEqualTo("server");
        assertThat(json.at("/sections/1/values").findValuesAsText("key")).contains("app_id");
        assertThat(out).doesNotContain("hunter2");
    }

    @Test
    void whatAFileSaysCannotMoveTheCursor() {
        terminal.write(".reeve.yml", "worker: { command: [\"a\\e[2J\"] }\nchecks: { name: \"x\\ny\" }\n");
        assertThat(terminal.run("config", "check").out()).doesNotContain("\u001b[2J");
    }
}
