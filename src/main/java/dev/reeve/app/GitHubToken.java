package dev.reeve.app;

import dev.reeve.config.AgentConfiguration;
import dev.reeve.config.AgentConfiguration.TokenSource;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The token with which commands in a checkout ask GitHub. */
public final class GitHubToken {

    private static final int LONGEST = 4_096;
    private static final int PATIENCE_SECONDS = 10;

    private GitHubToken() {}

    /** The one that is configured, else what {@code gh auth token} prints; nothing when there is neither. */
    public static Optional<String> of(AgentConfiguration agent, Map<String, String> environment) {
        return switch (agent.token()) {
            case TokenSource.Given(var token) -> Optional.of(token.reveal());
            case TokenSource.GitHubProgram() -> environment.containsKey("PATH") ? ofGitHubProgram() : Optional.empty();
        };
    }

    private static Optional<String> ofGitHubProgram() {
        try {
            var process = new ProcessBuilder("gh", "auth", "token").redirectError(ProcessBuilder.Redirect.DISCARD)
                    .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                    .start();
            var printed = new String(process.getInputStream().readNBytes(LONGEST), UTF_8).strip();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            return Optional.of(printed).filter(token -> process.exitValue() == 0 && token.matches("[\\x21-\\x7e]+"));
        } catch (IOException e) {
            // There is no such program, which is an answer.
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
