package dev.reeve.cli;

import dev.reeve.agent.Beat;
import dev.reeve.app.Dispatching;
import dev.reeve.dispatch.Started;

import java.util.function.Consumer;

/** What follows a beat of the agent: workers are started, and what their predecessors left is brought in order. */
record DispatchedTasks(Reeve reeve, Dispatching dispatching) implements Consumer<Beat> {

    @Override
    public void accept(Beat beat) {
        try {
            for (var begun : dispatching.after(beat)) {
                var line = Dispatched.plain(
                        Dispatched.line(begun.slug(), begun.started(), dispatching.limits().maxAttempts()));
                switch (begun.started()) {
                    case Started.Running _ -> reeve.console().out().println(line);
                    case Started.Refused _,Started.Failed _ -> reeve.console().err().println("reeve: " + line);
                }
            }
        } catch (InterruptedException e) {
            // The agent ends; what was being started has been given back.
            Thread.currentThread().interrupt();
        }
    }
}
