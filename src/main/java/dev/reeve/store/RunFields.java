package dev.reeve.store;

import dev.reeve.model.BranchName;
import dev.reeve.model.RunId;
import dev.reeve.model.Sha;
import dev.reeve.model.Slug;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A run ↔ its object in status and tombstone. */
final class RunFields {

    private RunFields() {}

    static Json.Obj write(RunRecord run) {
        var members = new LinkedHashMap<String, Json>();
        members.put("schema", new Json.Num("1"));
        put(members, "slug", run.slug());
        put(members, "run_id", run.id());
        put(members, "state", run.state().name().toLowerCase(Locale.ROOT));
        number(members, "attempt", run.attempt());
        if (run.worker() != null) {
            number(members, "pid", run.worker().pid());
            number(members, "start_ticks", run.worker().startTicks());
            put(members, "boot_id", run.worker().bootId());
        }
        number(members, "runner_pid", run.runner().pid());
        number(members, "runner_start_ticks", run.runner().startTicks());
        put(members, "runner_boot_id", run.runner().bootId());
        put(members, "worktree_path", run.site().worktree());
        put(members, "branch", run.site().branch());
        put(members, "started_at", run.startedAt());
        put(members, "updated_at", run.updatedAt());
        run.ending().ifPresent(ending -> write(members, ending));
        number(members, "log_bytes", run.logBytes());
        return new Json.Obj(members);
    }

    private static void write(Map<String, Json> members, RunRecord.Ending ending) {
        put(members, "ended_at", ending.at());
        number(members, "exit_code", ending.exitCode());
        number(members, "signal", ending.signal());
        put(members, "outcome", ending.outcome());
        put(members, "claimed", ending.claimed());
        put(members, "summary", ending.summary());
        put(members, "reason", ending.reason());
        put(members, "pr_url", ending.prUrl());
        put(members, "retry_at", ending.retryAt());
        put(members, "head", ending.head());
    }

    private static void put(Map<String, Json> members, String name, @Nullable Object value) {
        if (value != null) {
            members.put(name, new Json.Str(value.toString()));
        }
    }

    private static void number(Map<String, Json> members, String name, @Nullable Number value) {
        if (value != null) {
            members.put(name, new Json.Num(value.toString()));
        }
    }

    /** The run that an object states; nothing when it is none of ours, as of older scripts. */
    static Optional<RunRecord> read(Slug slug, Json.Obj object) {
        var fields = new Fields(object, new ArrayList<>());
        try {
            var id = fields.text("run_id");
            var worktree = fields.text("worktree_path");
            var branch = fields.text("branch");
            var runner = process(fields, "runner_");
            var startedAt = fields.time("started_at");
            var updatedAt = fields.time("updated_at");
            if (id == null || worktree == null || branch == null || runner == null || startedAt == null
                    || updatedAt == null) {
                return Optional.empty();
            }
            var attempt = fields.integer("attempt", 0, Integer.MAX_VALUE);
            var bytes = fields.number("log_bytes", 0, Long.MAX_VALUE);
            return Optional.of(new RunRecord(slug, new RunId(id), state(fields), attempt == null ? 0 : attempt,
                    new RunRecord.Site(Path.of(worktree), new BranchName(branch)), runner, process(fields, ""),
                    startedAt, updatedAt, ending(fields), bytes == null ? 0 : bytes));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static RunRecord.State state(Fields fields) {
        return RunRecord.State.valueOf(String.valueOf(fields.text("state")).toUpperCase(Locale.ROOT));
    }

    private static @Nullable ProcessIdentity process(Fields fields, String prefix) {
        var pid = fields.number(prefix + "pid", 1, Integer.MAX_VALUE);
        return pid == null ? null
                : new ProcessIdentity(pid, fields.number(prefix + "start_ticks", 0, Long.MAX_VALUE),
                        fields.text(prefix + "boot_id"));
    }

    private static Optional<RunRecord.Ending> ending(Fields fields) {
        var at = fields.time("ended_at");
        return Optional.ofNullable(at)
                .map(end -> new RunRecord.Ending(end,
                        fields.integer("exit_code", Integer.MIN_VALUE, Integer.MAX_VALUE),
                        fields.integer("signal", 1, 64), fields.text("outcome"), fields.text("claimed"),
                        fields.text("summary"), fields.text("reason"), fields.text("pr_url"), fields.time("retry_at"),
                        Sha.parse(String.valueOf(fields.text("head"))).orElse(null)));
    }
}
