package dev.reeve.cli;

import dev.reeve.agent.Beat;

import java.util.function.Consumer;

/** What follows a beat of the agent: a heartbeat writes no task file, so the agent reconciles those that it says are merged. */
record MergedTasks(Reeve reeve, BeatOptions options, Workplace work) implements Consumer<Beat> {

    @Override
    public void accept(Beat beat) {
        var merged = beat.merged();
        if (!merged.isEmpty() && completes()) {
            options.reconcile(reeve, work, merged).ifPresent(report -> BeatOptions.print(reeve, report));
        }
    }

    /** Elsewhere the server does it. */
    private boolean completes() {
        return switch (work.team().publishOfAgent()) {
            case WORKTREE, PUSH -> true;
            case NONE, PULL_REQUEST -> false;
        };
    }
}
