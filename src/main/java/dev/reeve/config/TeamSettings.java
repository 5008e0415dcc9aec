package dev.reeve.config;

import dev.reeve.model.BranchName;
import dev.reeve.model.Finding;
import dev.reeve.model.Pass;
import dev.reeve.model.Publish;
import dev.reeve.model.TaskPath;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/** The keys of {@code .reeve.yml}. */
final class TeamSettings {

    static final Setting<TaskPath> TASKS = Setting
            .of("tasks", Forms.inRepository(), "The folder that holds the task files.")
            .or("tasks");
    static final Setting<BranchName> DEFAULT_BRANCH = Setting.of("default_branch", Forms.branch(),
            "The branch on which tasks are completed; what the remote says when it is left out.");
    static final Setting<List<PersonForm.Person>> OWNERS = Setting.of("owners", new PersonForm(),
            "The people whose tasks these are: for each name its other spellings (`aliases`) and GitHub logins (`github`).");
    static final Setting<List<RoleForm.Role>> ROLES = Setting.of("roles", new RoleForm(),
            "For each role that tasks may name as owner, the person who has it.");

    static final Setting<Duration> INTERVAL = Setting.of("heartbeat.interval", Forms.duration("10s", "24h"),
            "How often the agent looks at everything.").or("3m");
    static final Setting<Duration> IDLE = Setting.of("heartbeat.idle", Forms.duration("1m", "720h"),
            "After how long without commit or file change work in progress counts as stuck.")
            .or("1h");
    static final Setting<Duration> PICKUP_OVERDUE = Setting.of("heartbeat.pickup_overdue", Forms.duration("1m", "720h"),
            "After how long a task that could be dispatched is overdue.").or("30m");
    static final Setting<Duration> STALL = Setting.of("heartbeat.stall", Forms.duration("1m", "720h"),
            "After how long without output a live worker counts as stalled.").or("15m");
    static final Setting<List<Pass>> OFF = Setting.of("heartbeat.off", Forms.listOf(new PassForm()),
            "The passes of the heartbeat that are switched off.").or(List.of());

    static final Setting<Integer> MAX_PER_CYCLE = Setting.of("dispatch.max_per_cycle", Forms.integer(0, 100),
            "How many workers one heartbeat may start.").or("1");
    static final Setting<Integer> MAX_WORKERS = Setting.of("dispatch.max_workers", Forms.integer(0, 1000),
            "How many workers may run at once.").or("4");
    static final Setting<Integer> MAX_IN_REVIEW = Setting.of("dispatch.max_in_review", Forms.integer(0, 1000),
            "How many pull requests may wait for review before nothing more is dispatched.").or("6");
    static final Setting<Duration> TIMEOUT = Setting.of("dispatch.timeout", Forms.duration("1s", "1h"),
            "Within what time a worker's start must be confirmed.").or("45s");
    static final Setting<Duration> RETRY_COOLDOWN = Setting.of("dispatch.retry_cooldown", Forms.duration("0s", "24h"),
            "How long a task rests after its first failed run; twice as long after each further one, a day at most.")
            .or("5m");
    static final Setting<Integer> MAX_ATTEMPTS = Setting.of("dispatch.max_attempts", Forms.integer(1, 100),
            "How many runs a task gets before a person must look at it.").or("3");
    static final Setting<Duration> MAX_RUN_TIME = Setting.of("dispatch.max_run_time", Forms.duration("1m", "720h"),
            "After what time a run is ended.").or("2h");

    static final Setting<TeamConfiguration.Use> USE = Setting.of("worker.use", Forms.oneOf(TeamConfiguration.Use.class),
            "Ready-made `command` and `usage_limit` for a program; what is set by their own keys goes before. workers.md says what they are.");
    static final Setting<List<String>> COMMAND = Setting.of("worker.command", Forms.command(),
            "The program that carries a task out, with its arguments; no shell reads them. With `prompt: file`, `{prompt_file}` in an argument stands for the prompt's file.")
            .or(List.of("claude", "-p"));
    static final Setting<TeamConfiguration.Prompt> PROMPT = Setting.of("worker.prompt",
            Forms.oneOf(TeamConfiguration.Prompt.class),
            "How the program gets its prompt: on its standard input (`stdin`), as its last argument (`argument`), or in the file that `REEVE_PROMPT_FILE` names (`file`).")
            .or("stdin");
    static final Setting<TaskPath> TEMPLATE = Setting.of("worker.template", Forms.inRepository(),
            "The file that the prompt is made from; a built-in one when it is left out.");
    static final Setting<List<String>> ENV = Setting.of("worker.env",
            Forms.listOf(Forms.matching("[A-Za-z_][A-Za-z0-9_]{0,199}", "the name of an environment variable")),
            "The environment variables that are passed on to workers.").or(List.of());
    static final Setting<List<List<String>>> PREPARE = Setting.of("worker.prepare", Forms.listOf(Forms.command()),
            "Commands that are run in a new worktree before the worker.").or(List.of());
    static final Setting<List<TaskPath>> COPY = Setting.of("worker.copy", Forms.listOf(Forms.inRepository()),
            "Files that git ignores and that are copied into a new worktree.").or(List.of());

    static final Setting<List<UsageLimitPattern>> USAGE_LIMIT = Setting.of("worker.usage_limit",
            Forms.listOf(new UsageLimitForm()),
            "Patterns that recognise in a worker's output that its usage limit is reached; a group `(?P<reset>…)` holds when it ends (seconds since 1970, or ISO-8601 with offset).")
            .or(List.of("^Claude AI usage limit reached.(?P<reset>[0-9]+)", "(?i)^you.ve hit your [a-z0-9 -]*limit",
                    "(?i)^(claude usage|5-hour|session|weekly) limit reached"));
    static final Setting<Duration> USAGE_LIMIT_PAUSE = Setting.of("worker.usage_limit_pause",
            Forms.duration("1m", "168h"),
            "How long nothing is dispatched after a usage limit whose end isn't known.").or("1h");

    static final Setting<Publish> PUBLISH = Setting.of("reconcile.publish",
            Forms.oneOf(Publish.class),
            "Where a completion is written: nowhere (`none`), to the checkout's files (`worktree`), pushed to the default branch (`push`)"
                    + " or kept in one pull request until a person merges it (`pull-request`, by the server only). When it is left out the server pushes; the agent writes to the"
                    + " checkout, or nothing where `server` is set.");
    static final Setting<Duration> WORKTREE_RETENTION = Setting.of("reconcile.worktree_retention",
            Forms.duration("0s", "8760h"), "How long the worktree of a completed task is kept.").or("24h");
    static final Setting<URI> SERVER = Setting.of("server", Forms.url("https", "http"),
            "The server that agents connect to and that completes tasks.");
    static final Setting<String> CHECK_NAME = Setting.of("checks.name", Forms.text(100),
            "The name of the check run on pull requests.").or("reeve");
    static final Setting<Boolean> REQUIRE_TASK = Setting.of("checks.require_task", Forms.truth(),
            "Whether every pull request has to be about a task; one that isn't asks for action.").or("false");
    static final Setting<List<Finding>> FAIL_ON = Setting.of("checks.fail_on",
            Forms.listOf(Forms.oneOf(Finding.class)),
            "Which findings make the check fail; the others are told and leave it as it is. An empty list for none.")
            .or(List.of("invalid-task-file", "invalid-configuration"));

    /** All of them, in the order of the reference. */
    static final List<Setting<?>> ALL = List.of(TASKS, DEFAULT_BRANCH, OWNERS, ROLES, INTERVAL, IDLE, PICKUP_OVERDUE,
            STALL, OFF, MAX_PER_CYCLE, MAX_WORKERS, MAX_IN_REVIEW, TIMEOUT, RETRY_COOLDOWN, MAX_ATTEMPTS, MAX_RUN_TIME,
            USE, COMMAND, PROMPT, TEMPLATE, ENV, PREPARE, COPY, USAGE_LIMIT, USAGE_LIMIT_PAUSE, PUBLISH,
            WORKTREE_RETENTION, SERVER, CHECK_NAME,
            REQUIRE_TASK, FAIL_ON);

    private TeamSettings() {}
}
