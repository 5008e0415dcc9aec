package dev.reeve.config;

import dev.reeve.model.Secret;

import java.time.Duration;
import java.util.List;

/** What the agent and commands in a checkout can be told by flags, environment and their own file. */
final class AgentSettings {

    static final Setting<String> OWNER = Setting.of("owner", Forms.text(200),
            "Whose queue it is; else what git says as `reeve.owner`, else as `user.email`.")
            .variable("TASK_MANAGER_OWNER")
            .flag("--owner");
    static final Setting<Secret> TOKEN = Setting.of("github_token",
            Forms.secret("a token of letters, digits and signs", "[\\x21-\\x7e]{1,2000}"),
            "What GitHub is asked with; `gh auth token` is run when it is left out.").variable("GITHUB_TOKEN").secret();
    static final Setting<Integer> MAX_PER_CYCLE = Setting.of("max_per_cycle", Forms.integer(0, 100),
            "Goes before `dispatch.max_per_cycle` of the team.").variable("TASK_MANAGER_MAX_DISPATCHES_PER_CYCLE");
    static final Setting<Duration> TIMEOUT = Setting.of("dispatch_timeout_seconds", Forms.seconds(1, 3600),
            "Goes before `dispatch.timeout` of the team.").variable("TASK_MANAGER_DISPATCH_TIMEOUT_SECONDS");
    static final Setting<Duration> RETRY_COOLDOWN = Setting
            .of("dispatch_retry_cooldown_seconds", Forms.seconds(0, 86_400),
                    "Goes before `dispatch.retry_cooldown` of the team.")
            .variable("TASK_MANAGER_DISPATCH_RETRY_COOLDOWN_SECONDS");
    static final Setting<Integer> PR_CI_CHECK = Setting.of("pr_ci_check", Forms.integer(0, 1),
            "1 looks at pull requests and their checks; 0 asks GitHub nothing.")
            .or("1")
            .variable("TASK_MANAGER_PR_CI_CHECK");

    /** All of them, in the order of the reference. */
    static final List<Setting<?>> ALL = List.of(OWNER, TOKEN, GitHubSettings.API_URL, GitHubSettings.SERVER_URL,
            MAX_PER_CYCLE, TIMEOUT, RETRY_COOLDOWN, PR_CI_CHECK, ProxySettings.HTTPS, ProxySettings.HTTP,
            ProxySettings.DIRECT);

    private AgentSettings() {}
}
