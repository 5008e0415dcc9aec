package dev.reeve.app;

import dev.reeve.agent.PullRequestSource;
import dev.reeve.agent.PullRequestSource.Connected;
import dev.reeve.agent.PullRequestSource.Missing;
import dev.reeve.agent.PullRequestSource.SwitchedOff;
import dev.reeve.config.AgentConfiguration;
import dev.reeve.config.AgentConfiguration.PullRequestChecks;
import dev.reeve.git.Checkout;
import dev.reeve.git.Remote;
import dev.reeve.github.Endpoint;
import dev.reeve.github.TokenAccess;
import dev.reeve.model.Text;

import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** Where what runs in an operator's checkout asks for pull requests, or why it can't. */
public final class PullRequestSources {

    private PullRequestSources() {}

    /**
     * The way to the repository that {@code origin} leads to. Nothing is asked of GitHub yet.
     *
     * @param token gives the token for GitHub's API; asked last, as it may take a while
     */
    public static PullRequestSource of(Checkout checkout, AgentConfiguration agent, Supplier<Optional<String>> token,
            InstantSource clock) {
        if (agent.pullRequestChecks() == PullRequestChecks.OFF) {
            return new SwitchedOff("asking is switched off (TASK_MANAGER_PR_CI_CHECK=0)");
        }
        var origin = checkout.origin();
        if (origin.isEmpty()) {
            return new Missing("there is no remote origin, or it is no repository on GitHub");
        }
        var github = Optional.ofNullable(agent.github().server().getHost());
        if (github.filter(host -> isElsewhere(origin.get().host(), host)).isPresent()) {
            return new Missing(
                    "the remote origin is on %s, not on %s: set GITHUB_SERVER_URL and GITHUB_API_URL if that is your GitHub"
                            .formatted(Text.plain(origin.get().host(), 100), github.get()));
        }
        return token.get()
                .map(secret -> connected(origin.get(), agent, secret, clock))
                .orElseGet(() -> new Missing("there is no token: set GITHUB_TOKEN, or log in with gh auth login"));
    }

    /** A name without a dot is one that the operator's ssh configuration explains, and {@code ssh.github.com} is GitHub too. */
    private static boolean isElsewhere(String host, String github) {
        return host.contains(".") && !host.equalsIgnoreCase(github) && !host.endsWith("." + github);
    }

    private static PullRequestSource connected(Remote origin, AgentConfiguration agent, String token,
            InstantSource clock) {
        var access = new TokenAccess(Endpoint.of(agent.github().api(), agent.proxies()), token, clock);
        return new Connected(access.repository(origin.repository()), access::close);
    }
}
