package dev.reeve.app;

import dev.reeve.config.AgentConfiguration;
import dev.reeve.config.AgentConfiguration.TokenSource;
import dev.reeve.model.Redaction;
import dev.reeve.model.Secret;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The token with which commands in a checkout ask GitHub. */
public final class GitHubToken {

    private static final int LONGEST = 4_096;
    private static final int PATIENCE_SECONDS = 10;
    /** What the program printed; it is the same for as long as nobody logs in anew. */
    private static final Set<String> HIDDEN = ConcurrentHashMap.newKeySet();

    private GitHubToken() {}

    /** The one that is configured, else what {@code gh auth token} prints; nothing when there is neither. */
    public static Optional<String> of(AgentConfiguration agent, Map<String, String> environment) {
        return switch (agent.token()) {
            case TokenSource.Given(var token) -> Optional.of(token.reveal());
            case TokenSource.GitHubProgram() -> environment.containsKey("PATH") ? ofGitHubProgram(agent)
                    : Optional.empty();
        };
    }

    private static Optional<String> ofGitHubProgram(AgentConfiguration agent) {
        var command = new ArrayList<>(List.of("gh", "auth", "token"));
        Optional.ofNullable(agent.github().server().getHost())
                .ifPresent(host -> command.addAll(List.of("--hostname", host)));
        try {
            return printed(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD)
                    .redirectInput(new File("/dev/null"))
                    .start());
        } catch (IOException e) {
            // There is no such program, which is an answer.
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** It is waited for before it is read, so that one that hangs ends: what a token needs fits into the pipe. */
    private static Optional<String> printed(Process process) throws IOException, InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return Optional.empty();
        }
        var token = new String(process.getInputStream().readNBytes(LONGEST), UTF_8).strip();
        return Optional.of(token)
                .filter(t -> process.exitValue() == 0 && t.matches("[\\x21-\\x7e]+"))
                .map(GitHubToken::hidden);
    }

    /** From now on it is shown nowhere, as one that is configured isn't. */
    static String hidden(String token) {
        if (HIDDEN.add(token)) {
            var _ = Redaction.hide(List.of(new Secret(token)));
        }
        return token;
    }
}
