package dev.reeve.reconcile;

import dev.reeve.decide.Action;
import dev.reeve.git.Trailer;
import dev.reeve.model.Slug;
import dev.reeve.model.Task;
import dev.reeve.model.TaskPath;
import dev.reeve.model.TaskStatus;
import dev.reeve.taskfile.Value;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Puts a task that was left in progress back to {@code ready}, unless it isn't in progress any more. */
record Demoting(Action.Demote action, Trailers words) implements Rewrite {

    @Override
    public Slug slug() {
        return action.slug();
    }

    @Override
    public Result on(TaskPath path, byte[] content) {
        var changes = new LinkedHashMap<String, Value>();
        changes.put("status", Value.of(TaskStatus.READY.id()));
        return TaskEdit.on(path, content, Demoting::notNeeded, changes);
    }

    @Override
    public Optional<String> obstacle(Tip tip) {
        return Optional.empty();
    }

    private static List<String> notNeeded(Task current) {
        return current.status() == TaskStatus.IN_PROGRESS ? List.of()
                : List.of("it is " + current.status().id() + " by now");
    }

    @Override
    public String message() {
        return "Put " + slug() + " back to ready\n\nIt was " + action.reason() + ".";
    }

    @Override
    public List<Trailer> trailers() {
        return words.of(slug());
    }
}
