package dev.reeve.cli;

import dev.reeve.agent.Beat;
import dev.reeve.app.CheckoutPass;

import java.util.function.Consumer;

/** What follows a beat of the agent: a heartbeat writes no task file, so the agent reconciles those that it says are merged. */
record MergedTasks(Reeve reeve, BeatOptions options, Workplace work) implements Consumer<Beat> {

    @Override
    public void accept(Beat beat) {
        var merged = beat.merged();
        if (!merged.isEmpty() && CheckoutPass.completes(work.team())) {
            options.reconcile(reeve, work, merged).ifPresent(report -> BeatOptions.print(reeve, report));
        }
    }
}
