package dev.reeve.decide;

import dev.reeve.model.BeatFacts;
import dev.reeve.model.Severity;
import dev.reeve.model.Signal;
import dev.reeve.model.TaskStatus;
import dev.reeve.model.TaskSummary;

import java.util.List;
import java.util.Optional;

/**
 * One task as it comes to be judged.
 *
 * @param signals the one that leads first
 */
record Case(BeatFacts facts, Whose whose, List<Signal> signals, QueueState queue, HeartbeatPolicy policy) {

    Optional<TaskSummary> task() {
        return facts.task().asTask();
    }

    boolean has(TaskStatus status) {
        return task().filter(task -> task.status() == status).isPresent();
    }

    /** The first that asks for a person. */
    Optional<Signal> attention() {
        return signals.isEmpty() ? Optional.empty()
                : signals.stream().filter(signal -> signal.severity() == Severity.ATTENTION).findFirst();
    }

    Case with(List<Signal> others) {
        return new Case(facts, whose, others, queue, policy);
    }
}
