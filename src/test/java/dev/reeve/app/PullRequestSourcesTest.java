package dev.reeve.app;

import dev.reeve.agent.PullRequestSource;
import dev.reeve.agent.PullRequestSource.Connected;
import dev.reeve.agent.PullRequestSource.Missing;
import dev.reeve.agent.PullRequestSource.SwitchedOff;
import dev.reeve.config.AgentConfiguration;
import dev.reeve.config.AgentConfiguration.GitIdentity;
import dev.reeve.config.Configured;
import dev.reeve.config.Inputs;
import dev.reeve.config.TeamConfiguration;
import dev.reeve.git.Checkout;
import dev.reeve.git.Git;
import dev.reeve.kit.GitRepositories;
import dev.reeve.kit.SettableClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

class PullRequestSourcesTest {

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>(Map.of("TASK_MANAGER_OWNER", "dave"));
    private Optional<String> token = Optional.of("ghp_x");
    private Path path;

    @BeforeEach
    void checkout() {
        path = folder.resolve("shop");
        GitRepositories.git(folder, "init", "--quiet", path.toString());
    }

    private PullRequestSource source() {
        var inputs = Inputs.of(environment, path);
        var read = AgentConfiguration.read(inputs, GitIdentity.unknown(), TeamConfiguration.builtIn());
        var agent = ((Configured.Valid<AgentConfiguration>) read).value();
        return PullRequestSources.of(Checkout.open(Git.onPath(), path), agent, () -> token, SettableClock.atNoon());
    }

    private void origin(String url) {
        GitRepositories.git(path, "remote", "add", "origin", url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"git@github.com:acme/shop.git", "https://GitHub.com/acme/shop",
            "ssh://git@ssh.github.com:443/acme/shop.git",
            "git@github-at-work:acme/shop.git"})
    void gitHubIsKnownByWhatSomeCallIt(String url) {
        origin(url);

        assertThat(source()).asInstanceOf(type(Connected.class)).satisfies(connected -> {
            assertThat(connected.gitHub().name()).hasToString("acme/shop");
            connected.connection().run();
        });
    }

    @ParameterizedTest
    @CsvSource({"git@gitlab.com:acme/shop.git,gitlab.com",
            "https://github.com.evil.test/acme/shop,github.com.evil.test",
            "ssh://git@ev\u001b[2Jil.test/acme/shop,ev\\u{1b}[2jil.test",
            "https://notgithub.com/acme/shop,notgithub.com"})
    void aRepositoryOfTheSameNameElsewhereIsNotAskedFor(String url, String host) {
        origin(url);

        assertThat(source()).asInstanceOf(type(Missing.class))
                .satisfies(missing -> assertThat(missing.reason()).contains(host, "not on github.com"));
    }

    @Test
    void anEnterpriseServerIsWhereItIsConfigured() {
        origin("git@git.acme.test:acme/shop.git");
        environment.putAll(Map.of("GITHUB_SERVER_URL", "https://git.acme.test", "GITHUB_API_URL",
                "https://git.acme.test/api/v3"));

        assertThat(source()).asInstanceOf(type(Connected.class)).satisfies(it -> it.connection().run());
    }

    @Test
    void withoutARemoteOrATokenItSaysWhatIsMissing() {
        assertThat(source()).isEqualTo(new Missing("there is no remote origin, or it is no repository on GitHub"));
        origin("git@github.com:acme/shop.git");
        token = Optional.empty();
        assertThat(source()).asInstanceOf(type(Missing.class))
                .satisfies(missing -> assertThat(missing.reason()).contains("no token", "GITHUB_TOKEN"));
    }

    @Test
    void whatIsSwitchedOffNeedsNeither() {
        environment.put("TASK_MANAGER_PR_CI_CHECK", "0");

        assertThat(source()).isInstanceOf(SwitchedOff.class);
    }
}
