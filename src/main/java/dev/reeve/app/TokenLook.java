package dev.reeve.app;

import dev.reeve.config.AgentConfiguration;
import dev.reeve.config.AgentConfiguration.PullRequestChecks;
import dev.reeve.doctor.GitHubLook;
import dev.reeve.git.Checkout;
import dev.reeve.git.Remote;
import dev.reeve.github.Endpoint;
import dev.reeve.github.GitHubFailure;
import dev.reeve.github.TokenAccess;
import dev.reeve.github.TokenReport;

import java.time.InstantSource;
import java.util.Map;

/** Asks GitHub what it thinks of the token that commands in a checkout use. */
public record TokenLook(Checkout checkout, AgentConfiguration agent, Map<String, String> environment,
        InstantSource clock) implements GitHubLook {

    @Override
    public Answer look() {
        if (agent.pullRequestChecks() == PullRequestChecks.OFF) {
            return new Answer.NotAsked("asking GitHub is switched off (TASK_MANAGER_PR_CI_CHECK=0)", "");
        }
        var origin = checkout.origin();
        if (origin.isEmpty()) {
            return new Answer.NotAsked(
                    "there is no remote origin, or it is no repository on GitHub, so nothing is asked there", "");
        }
        return GitHubToken.of(agent, environment)
                .map(token -> ask(origin.get(), token))
                .orElseGet(() -> new Answer.NotAsked("there is none: nothing is completed or demoted without it",
                        "set GITHUB_TOKEN, or log in with gh auth login"));
    }

    private Answer ask(Remote origin, String token) {
        try (var access = new TokenAccess(Endpoint.of(agent.github().api(), agent.proxies()), token, clock)) {
            return told(origin.repository().toString(), access.report(origin.repository()));
        } catch (GitHubFailure failure) {
            return refusal(failure);
        } catch (IllegalArgumentException e) {
            return new Answer.Refused(String.valueOf(e.getMessage()));
        }
    }

    private static Answer told(String repository, TokenReport report) {
        return switch (report.rights()) {
            case NONE -> new Answer.Refused("GitHub takes the token (" + identity(report) + ") and doesn't show it "
                    + repository);
            case READ -> new Answer.Answered(repository, identity(report), Push.DENIED, report.githubTime());
            case WRITE -> new Answer.Answered(repository, identity(report), Push.GRANTED, report.githubTime());
        };
    }

    private static String identity(TokenReport report) {
        var whose = report.login().map(login -> "it is " + login + "'s").orElse("it is no person's");
        var scopes = report.scopes().map(all -> ", scopes: " + (all.isEmpty() ? "none" : String.join(" ", all)));
        var left = report.requestsLeft().map(number -> ", " + number + " requests left");
        return whose + scopes.orElse("") + left.orElse("");
    }

    private static Answer refusal(GitHubFailure failure) {
        var said = String.valueOf(failure.getMessage());
        return switch (failure.kind()) {
            case GitHubFailure.Kind.RateLimited _,GitHubFailure.Kind.Unavailable _,GitHubFailure.Kind.Malformed _ ->
                new Answer.Unreachable(said);
            case GitHubFailure.Kind.Denied _,GitHubFailure.Kind.NotInstalled _,GitHubFailure.Kind.Suspended _,GitHubFailure.Kind.NotFound _,GitHubFailure.Kind.Rejected _ ->
                new Answer.Refused(said);
        };
    }
}
