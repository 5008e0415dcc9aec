package dev.reeve.config;

import dev.reeve.config.TeamConfiguration.Use;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Ready-made settings for programs that are much used as workers. Both are run unattended: they ask nobody, so what they may do must be said beforehand.
 *
 * <p>Claude Code may edit files and run git and gh; what else it may run is up to its own settings in the repository. Codex runs without its sandbox, because that
 * lets nothing be committed in a linked worktree and nothing be pushed.
 */
final class ReadyMade {

    private static final Map<Use, Map<Setting<?>, List<String>>> ALL = Map.of(
            Use.CLAUDE,
            Map.of(TeamSettings.COMMAND,
                    List.of("claude", "-p", "--allowedTools", "Bash(git:*),Bash(gh:*)", "--permission-mode",
                            "acceptEdits", "--output-format", "text")),
            Use.CODEX,
            Map.of(TeamSettings.COMMAND,
                    List.of("codex", "exec", "--color", "never", "--sandbox", "danger-full-access"),
                    TeamSettings.USAGE_LIMIT,
                    List.of("(?i)^(error: )?you.ve hit your usage limit",
                            "\"usage_limit_reached\".*\"resets_at\":(?P<reset>[0-9]+)",
                            "(?i)^(error: )?your workspace is out of credits")));

    private ReadyMade() {}

    /** What the stronger layer chose to use; nothing is set where it chose nothing, or nothing that there is. */
    static Layer chosenIn(Layer stronger) {
        return stronger.of(TeamSettings.USE)
                .flatMap(value -> TeamSettings.USE.form().read(value, (_, _) -> {}))
                .map(ReadyMade::of)
                .orElse(_ -> Optional.empty());
    }

    private static Layer of(Use use) {
        var source = new Source.ReadyMade(TeamSettings.USE.key() + ": " + Forms.nameOf(use));
        var settings = ALL.getOrDefault(use, Map.of());
        return setting -> Optional.ofNullable(settings.get(setting))
                .map(texts -> new Value.Sequence(
                        texts.stream().map(text -> (Value) new Value.Scalar(text, source)).toList(), source));
    }
}
