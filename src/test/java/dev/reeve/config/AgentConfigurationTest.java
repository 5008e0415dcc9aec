package dev.reeve.config;

import dev.reeve.config.AgentConfiguration.GitIdentity;
import dev.reeve.config.AgentConfiguration.PullRequestChecks;
import dev.reeve.config.AgentConfiguration.TokenSource;
import dev.reeve.model.OwnerKey;
import dev.reeve.model.Owners;
import dev.reeve.model.Proxies;
import dev.reeve.model.Secret;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class AgentConfigurationTest {

    private final Map<String, List<String>> flags = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private GitIdentity git = GitIdentity.unknown();
    private TeamConfiguration team = TeamConfiguration.builtIn();

    private Configured<AgentConfiguration> read() {
        return AgentConfiguration.read(new Inputs(flags, environment, Path.of("/"), Optional.empty()), git, team);
    }

    private AgentConfiguration valid() {
        return Expect.valid(read());
    }

    private String owner() {
        return valid().owner().value();
    }

    @Test
    void theOwnerIsWhatTheFlagSaysElseTheVariableElseGitElseTheMail() {
        git = new GitIdentity(Optional.empty(), Optional.of("Ann.Mail@example.com"));
        assertThat(owner()).isEqualTo("annmail");
        git = new GitIdentity(Optional.of("ben-git"), Optional.of("ann@example.com"));
        assertThat(owner()).isEqualTo("bengit");
        environment.put("TASK_MANAGER_OWNER", "Cleo.Env");
        assertThat(owner()).isEqualTo("cleoenv");
        flags.put("--owner", List.of("@dan"));
        assertThat(owner()).isEqualTo("dan");
        assertThat(read().origins()).contains(new Configured.Origin("owner", "@dan", new Source.Flag("--owner")));
    }

    @Test
    void withoutOwnerTheFaultSaysAllWaysToNameOne() {
        assertThat(Expect.faults(read())).singleElement()
                .asString()
                .contains("--owner", "TASK_MANAGER_OWNER", "git config reeve.owner");
    }

    @Test
    void anOwnerThatIsNoNameIsAFault() {
        environment.put("TASK_MANAGER_OWNER", "../../etc");
        assertThat(Expect.faults(read())).singleElement()
                .asString()
                .startsWith("TASK_MANAGER_OWNER: \"../../etc\" is not a name");
    }

    @Test
    void theTeamsAliasesHoldAndTheOwnerIsAPersonInAnyCase() {
        team = Expect.valid(TeamConfiguration.read("f",
                "owners: { dave: { aliases: [df] } }".getBytes(StandardCharsets.UTF_8)));
        flags.put("--owner", List.of("D.F."));
        assertThat(owner()).isEqualTo("dave");
        flags.put("--owner", List.of("guest"));
        assertThat(valid().owners().route("Guest")).isEqualTo(new Owners.Routing.Routed(new OwnerKey("guest")));
    }

    @Test
    void theVariablesOfTheScriptsBeforeGoBeforeTheTeamsLimits() {
        flags.put("--owner", List.of("dave"));
        assertThat(valid().dispatch()).isEqualTo(team.dispatch());
        assertThat(valid().pullRequestChecks()).isEqualTo(PullRequestChecks.ON);

        environment.putAll(
                Map.of("TASK_MANAGER_MAX_DISPATCHES_PER_CYCLE", "3", "TASK_MANAGER_DISPATCH_TIMEOUT_SECONDS", "60",
                        "TASK_MANAGER_DISPATCH_RETRY_COOLDOWN_SECONDS", "0", "TASK_MANAGER_PR_CI_CHECK", "0"));

        assertThat(valid().dispatch())
                .isEqualTo(new TeamConfiguration.Dispatch(3, 4, 6, Duration.ofMinutes(1), Duration.ZERO, 3,
                        Duration.ofHours(2)));
        assertThat(valid().pullRequestChecks()).isEqualTo(PullRequestChecks.OFF);
    }

    @Test
    void wrongVariablesAreAllTold() {
        flags.put("--owner", List.of("dave"));
        environment.putAll(Map.of("TASK_MANAGER_DISPATCH_TIMEOUT_SECONDS", "45s", "TASK_MANAGER_PR_CI_CHECK", "yes",
                "GITHUB_TOKEN",
                "with space"));
        assertThat(Expect.faults(read())).hasSize(3);
        assertThat(read().toString()).doesNotContain("with space");
    }

    @Test
    void theTokenIsTheVariablesElseGitHubsProgramIsAsked() {
        flags.put("--owner", List.of("dave"));
        assertThat(valid().token()).isEqualTo(new TokenSource.GitHubProgram());
        environment.put("GITHUB_TOKEN", "ghp_hunter2");
        assertThat(valid().token()).isEqualTo(new TokenSource.Given(new Secret("ghp_hunter2")));
        assertThat(read().toString()).doesNotContain("hunter2");
    }

    @Test
    void aProxyIsTheMachinesAndAWrongOneIsNamedWithoutItsPassword() {
        flags.put("--owner", List.of("dave"));
        assertThat(valid().proxies()).isEqualTo(Proxies.none());
        environment.put("https_proxy", "proxy:3128");
        environment.put("NO_PROXY", "example.com");
        assertThat(valid().proxies()).isEqualTo(new Proxies(
                Optional.of(new Proxies.Proxy("proxy", 3128, Optional.empty())), Optional.empty(),
                List.of("example.com")));
        environment.put("HTTP_PROXY", "socks5://me:hunter2@proxy");
        assertThat(Expect.faults(read())).singleElement().asString().startsWith("HTTP_PROXY: ");
        assertThat(read().toString()).doesNotContain("hunter2");
    }
}
