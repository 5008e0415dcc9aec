package dev.reeve.dispatch;

import dev.reeve.model.RunEvent;
import dev.reeve.model.RunEvent.Kind;
import dev.reeve.store.RunRecord;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What a run adds to its task's history. */
final class RunWords {

    private RunWords() {}

    static RunEvent ordered(RunOrder order, Instant at) {
        var details = new LinkedHashMap<String, String>();
        put(details, "attempt", order.attempt());
        put(details, "by", order.by());
        put(details, "command", order.program().command().getFirst());
        put(details, "worktree", order.site().worktree());
        put(details, "branch", order.site().branch());
        put(details, "updates", order.updates().isEmpty() ? null : order.updates());
        return new RunEvent(at, Kind.RUN, order.id().value(), details);
    }

    static RunEvent prompt(RunOrder order, Instant at) {
        var details = new LinkedHashMap<String, String>();
        put(details, "text", order.program().prompt());
        return new RunEvent(at, Kind.PROMPT, order.id().value(), details);
    }

    static RunEvent started(RunOrder order, Instant at, long pid) {
        var details = new LinkedHashMap<String, String>();
        put(details, "pid", pid);
        return new RunEvent(at, Kind.STARTED, order.id().value(), details);
    }

    static RunEvent ended(RunRecord run, RunRecord.Ending how) {
        var details = new LinkedHashMap<String, String>();
        put(details, "state", run.state().name().toLowerCase(Locale.ROOT));
        put(details, "exit_code", how.exitCode());
        put(details, "signal", how.signal());
        put(details, "outcome", how.outcome());
        put(details, "claimed", how.claimed());
        put(details, "summary", how.summary());
        put(details, "reason", how.reason());
        put(details, "pr_url", how.prUrl());
        put(details, "retry_at", how.retryAt());
        return new RunEvent(how.at(), Kind.OUTCOME, run.id().value(), details);
    }

    private static void put(Map<String, String> details, String name, @Nullable Object value) {
        if (value != null) {
            details.put(name, value.toString());
        }
    }
}
