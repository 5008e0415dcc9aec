package dev.reeve.store;

import dev.reeve.model.RegisterEntry;
import dev.reeve.model.Slug;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;

/** One entry of a register ↔ its object in the file. Times are UTC in ISO-8601. */
final class RegisterFields {

    private RegisterFields() {}

    /** @param complaints gets a sentence about each value of a wrong type; the value itself stays in the file */
    static RegisterEntry read(Slug slug, Json.Obj object, List<String> complaints) {
        var fields = new Fields(object, complaints);
        var attempts = fields.integer("attempts", 0, Integer.MAX_VALUE);
        return new RegisterEntry(slug, fields.text("task_path"), fields.text("worktree_path"), fields.text("branch"),
                fields.time("registered_at"), fields.time("launched_at"), fields.time("started_at"),
                attempts == null ? 0 : attempts, fields.name("run_id"),
                fields.integer("pr_number", 1, Integer.MAX_VALUE));
    }

    /** The object that states {@code after}: what differs from {@code before} is changed, all else stays as it is written. */
    static Json.Obj write(Json.Obj object, @Nullable RegisterEntry before, RegisterEntry after) {
        var was = before == null ? new LinkedHashMap<String, Json>() : members(before);
        var members = new LinkedHashMap<>(object.members());
        members(after).forEach((key, value) -> {
            if (Objects.equals(value, was.get(key))) {
                return;
            }
            if (value == Json.Literal.NULL) {
                members.remove(key);
            } else {
                members.put(key, value);
            }
        });
        return new Json.Obj(members);
    }

    /** The latest of all times that an object states; an object without any is older than every other. */
    static Instant latest(Json.Obj object) {
        var latest = Instant.MIN;
        for (var member : object.members().entrySet()) {
            if (member.getKey().endsWith("_at")) {
                var time = Times.read(member.getValue());
                latest = time != null && time.isAfter(latest) ? time : latest;
            }
        }
        return latest;
    }

    private static SequencedMap<String, Json> members(RegisterEntry entry) {
        var members = new LinkedHashMap<String, Json>();
        members.put("slug", text(entry.slug()));
        members.put("task_path", text(entry.taskPath()));
        members.put("worktree_path", text(entry.worktreePath()));
        members.put("branch", text(entry.branch()));
        members.put("registered_at", text(entry.registeredAt()));
        members.put("launched_at", text(entry.launchedAt()));
        members.put("started_at", text(entry.startedAt()));
        members.put("attempts", new Json.Num(Integer.toString(entry.attempts())));
        members.put("run_id", text(entry.runId()));
        members.put("pr_number",
                entry.prNumber() == null ? Json.Literal.NULL : new Json.Num(entry.prNumber().toString()));
        return members;
    }

    private static Json text(@Nullable Object value) {
        return value == null ? Json.Literal.NULL : new Json.Str(value.toString());
    }
}
