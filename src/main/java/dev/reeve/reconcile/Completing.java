package dev.reeve.reconcile;

import dev.reeve.decide.Action;
import dev.reeve.decide.CompletionStep;
import dev.reeve.git.Trailer;
import dev.reeve.model.Completion;
import dev.reeve.model.Slug;
import dev.reeve.model.Task;
import dev.reeve.model.TaskPath;
import dev.reeve.taskfile.CompletionKeys;

import java.util.List;
import java.util.Optional;

/** Writes the completion into a task file, unless the task is completed by then or was reopened. */
record Completing(Action.Complete action, Trailers words) implements Rewrite {

    @Override
    public Slug slug() {
        return action.slug();
    }

    @Override
    public Result on(TaskPath path, byte[] content) {
        return TaskEdit.on(path, content, this::notNeeded, CompletionKeys.of(action.completion()));
    }

    /** The branch may have been forced back to before the merge, or another one have become the default. */
    @Override
    public Optional<String> obstacle(Tip tip) {
        var merge = action.completion().mergeCommit();
        boolean landed = tip.branch().value().equals(action.pullRequest().base()) && tip.contains(merge);
        return landed
                ? Optional.empty()
                : Optional
                        .of("the merge of PR #" + action.completion().prNumber() + " is no longer in " + tip.branch());
    }

    private List<String> notNeeded(Task current) {
        return CompletionStep.isStillWanted(current, action) ? List.of()
                : List.of("it is " + current.status().id() + " by now");
    }

    @Override
    public String message() {
        Completion done = action.completion();
        return "Complete " + slug() + " (#" + done.prNumber() + ")\n\n" + action.reason() + ".";
    }

    @Override
    public List<Trailer> trailers() {
        return words.of(slug(), action.completion().prNumber());
    }
}
