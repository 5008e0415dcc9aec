package dev.reeve.config;

import dev.reeve.model.OwnerKey;
import dev.reeve.model.Owners;
import dev.reeve.model.Proxies;
import dev.reeve.model.Secret;
import dev.reeve.model.Text;

import java.util.ArrayList;
import java.util.Optional;

/**
 * What the agent and commands in a checkout were told.
 *
 * @param owner whose queue it is
 * @param owners the team's, including {@code owner}
 * @param dispatch the team's limits, with what this machine says instead
 */
public record AgentConfiguration(OwnerKey owner, Owners owners, TokenSource token, GitHubAddresses github,
        TeamConfiguration.Dispatch dispatch, PullRequestChecks pullRequestChecks, Proxies proxies) {

    /** Where the token for GitHub comes from. */
    public sealed interface TokenSource {

        /** It was given. */
        record Given(Secret token) implements TokenSource {}

        /** GitHub's own command line program has it: {@code gh auth token}. */
        record GitHubProgram() implements TokenSource {}
    }

    /** Whether GitHub is asked for pull requests and their checks. */
    public enum PullRequestChecks {
        ON, OFF
    }

    /** What git's configuration says of the person: {@code reeve.owner} and {@code user.email}, empty where not set. */
    public record GitIdentity(Optional<String> owner, Optional<String> email) {

        /** Git says nothing. */
        public static GitIdentity unknown() {
            return new GitIdentity(Optional.empty(), Optional.empty());
        }
    }

    /** Reads it all. */
    public static Configured<AgentConfiguration> read(Inputs inputs, GitIdentity git, TeamConfiguration team) {
        var faults = new Faults();
        var layers = new ArrayList<>(OwnFile.layers(inputs, AgentSettings.ALL, faults));
        layers.add(setting -> setting.key().equals(AgentSettings.OWNER.key()) ? ofGit(git) : Optional.empty());
        var settings = new Resolver(layers, faults);
        var owner = owner(settings, team.owners());
        var token = settings.find(AgentSettings.TOKEN)
                .map(t -> (TokenSource) new TokenSource.Given(t))
                .orElseGet(() -> ofGitHubProgram(settings));
        var github = GitHubSettings.read(settings);
        var dispatch = dispatch(settings, team.dispatch());
        var checks = settings.get(AgentSettings.PR_CI_CHECK) == 0 ? PullRequestChecks.OFF : PullRequestChecks.ON;
        var proxies = ProxySettings.read(settings);
        return settings.outcome(owner.map(key -> new AgentConfiguration(key, team.owners().including(key), token,
                github, dispatch, checks, proxies)));
    }

    private static TokenSource ofGitHubProgram(Resolver settings) {
        settings.note(AgentSettings.TOKEN.key(), "what gh auth token prints", new Source.BuiltIn());
        return new TokenSource.GitHubProgram();
    }

    private static Optional<Value> ofGit(GitIdentity git) {
        return git.owner()
                .filter(o -> !o.isBlank())
                .map(o -> (Value) new Value.Scalar(o, new Source.OfGit("reeve.owner")))
                .or(() -> git.email()
                        .filter(e -> !e.isBlank())
                        .map(e -> new Value.Scalar(e, new Source.OfGit("user.email"))));
    }

    private static Optional<OwnerKey> owner(Resolver settings, Owners owners) {
        var name = settings.find(AgentSettings.OWNER);
        if (settings.given(AgentSettings.OWNER).isEmpty()) {
            settings.fault(AgentSettings.OWNER,
                    "whose queue is it? Use --owner NAME, set TASK_MANAGER_OWNER=NAME, or run: git config reeve.owner NAME");
        }
        var key = name.flatMap(owners::keyOf);
        if (name.isPresent() && key.isEmpty()) {
            settings.fault(AgentSettings.OWNER, Text.quoted(name.get()) + " is not a name: use letters and digits");
        }
        return key;
    }

    private static TeamConfiguration.Dispatch dispatch(Resolver settings, TeamConfiguration.Dispatch team) {
        return new TeamConfiguration.Dispatch(settings.find(AgentSettings.MAX_PER_CYCLE).orElse(team.maxPerCycle()),
                team.maxWorkers(), team.maxInReview(), settings.find(AgentSettings.TIMEOUT).orElse(team.timeout()),
                settings.find(AgentSettings.RETRY_COOLDOWN).orElse(team.retryCooldown()), team.maxAttempts(),
                team.maxRunTime());
    }
}
