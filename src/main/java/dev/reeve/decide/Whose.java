package dev.reeve.decide;

import dev.reeve.model.BeatFacts;
import dev.reeve.model.CatalogEntry;
import dev.reeve.model.DeskFacts;
import dev.reeve.model.Owners.Routing;
import dev.reeve.model.TaskSummary;

/** In whose queue a task is, seen from the queue that a heartbeat looks at. */
sealed interface Whose {

    /** In this one. */
    record Ours() implements Whose {}

    /** In the queue of this other person. */
    record Anothers(String owner) implements Whose {}

    /** In none: it is shown to everybody and never dispatched. */
    record Nobodys(String reason) implements Whose {}

    /** Whose the task is. Who isn't named is in nobody's queue; never is a task somebody's because it is nobody else's. */
    static Whose of(BeatFacts facts, HeartbeatPolicy policy) {
        return switch (facts.task()) {
            case CatalogEntry.Valid(var task) -> of(task, policy);
            case CatalogEntry.Faulty _ -> new Nobodys("its file is faulty");
            case CatalogEntry.Missing _ -> claimed(facts);
        };
    }

    static Whose of(TaskSummary task, HeartbeatPolicy policy) {
        var owner = task.owner();
        if (owner == null) {
            return new Nobodys("it names no owner: set owner to a person or a role");
        }
        return switch (policy.reconcile().owners().route(owner)) {
            case Routing.Routed(var key) -> key.equals(policy.owner()) ? new Ours() : new Anothers(key.value());
            case Routing.Unroutable(var reason) -> new Nobodys(reason);
        };
    }

    private static Whose claimed(BeatFacts facts) {
        return facts.desk().isPresent()
                && facts.desk().get().claim() instanceof DeskFacts.Claim.HeldByAnother(var owner, var _)
                        ? new Anothers(owner.value())
                        : new Nobodys("it has no task file");
    }
}
