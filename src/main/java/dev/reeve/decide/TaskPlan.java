package dev.reeve.decide;

import dev.reeve.decide.ReconcilePolicy.Repairs;
import dev.reeve.model.Signal;
import dev.reeve.model.Slug;

import java.util.ArrayList;
import java.util.List;

/**
 * What is to be done about one task, in the order in which it is to be done.
 *
 * @param signals what an operator should know
 * @param skipped what was not decided for a reason that only a person removes
 * @param deferred what could not be decided yet and is to be tried again
 */
public record TaskPlan(Slug slug, List<Action> actions, List<Signal> signals, List<String> skipped,
        List<String> deferred) {

    /** Makes it immutable. */
    public TaskPlan {
        actions = List.copyOf(actions);
        signals = List.copyOf(signals);
        skipped = List.copyOf(skipped);
        deferred = List.copyOf(deferred);
    }

    /** True when nothing is to be done and nothing to be said. */
    public boolean isEmpty() {
        return actions.isEmpty() && signals.isEmpty() && skipped.isEmpty() && deferred.isEmpty();
    }

    /** This plan in a pass that may change only so much. What is left out is another pass's to do and to speak of. */
    TaskPlan within(Repairs repairs) {
        return switch (repairs) {
            case EVERYTHING -> this;
            case REGISTER -> new TaskPlan(slug, actions.stream().filter(TaskPlan::isOfRegister).toList(), signals,
                    List.of(), List.of());
            case NOTHING -> new TaskPlan(slug, List.of(), signals, List.of(), List.of());
        };
    }

    private static boolean isOfRegister(Action action) {
        return switch (action) {
            case Action.Prune _ -> true;
            case Action.Complete _,Action.Demote _,Action.Archive _,Action.RemoveWorktree _ -> false;
        };
    }

    /** Collects the parts of a plan while the steps are decided one after another. */
    static final class Draft {
        private final Slug slug;
        private final List<Action> actions = new ArrayList<>();
        private final List<Signal> signals = new ArrayList<>();
        private final List<String> skipped = new ArrayList<>();
        private final List<String> deferred = new ArrayList<>();

        Draft(Slug slug) {
            this.slug = slug;
        }

        void act(Action action) {
            actions.add(action);
        }

        void signal(Signal signal) {
            signals.add(signal);
        }

        void skip(String reason) {
            skipped.add(reason);
        }

        void defer(String reason) {
            deferred.add(reason);
        }

        <A extends Action> boolean has(Class<A> kind) {
            return actions.stream().anyMatch(kind::isInstance);
        }

        TaskPlan finish() {
            return new TaskPlan(slug, actions, signals, skipped, deferred);
        }
    }
}
