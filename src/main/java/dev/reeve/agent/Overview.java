package dev.reeve.agent;

import dev.reeve.decide.BeatDecision;
import dev.reeve.decide.CatalogReferences;
import dev.reeve.decide.HeartbeatPolicy;
import dev.reeve.model.CatalogEntry;
import dev.reeve.model.OwnerKey;
import dev.reeve.model.Owners;
import dev.reeve.model.Place;
import dev.reeve.model.Signal;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskSummary;
import dev.reeve.store.Catalog;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * All tasks as one queue sees them, as far as that follows from their files alone. It is made anew only when a file has changed.
 *
 * @param owner whose queue
 * @param owners by whom tasks are routed
 * @param faults what is wrong between them, by task
 * @param entries of the catalog, in the order in which a beat shows them within each bucket
 * @param open tasks of this queue or of nobody's that are not final
 */
record Overview(Catalog catalog, OwnerKey owner, Owners owners, CatalogReferences references,
        Map<Slug, List<Signal>> faults, List<CatalogEntry> entries, List<TaskSummary> open) {

    /** @param places where a task's file names each of its dependencies */
    static Overview of(Catalog catalog, HeartbeatPolicy policy, Function<TaskSummary, Map<Slug, Place>> places) {
        var all = catalog.entries().values();
        var references = new CatalogReferences(all);
        return new Overview(catalog, policy.owner(), policy.reconcile().owners(), references,
                references.signals(places),
                all.stream().sorted(BeatDecision.WITHIN_BUCKET).toList(),
                all.stream()
                        .flatMap(entry -> entry.asTask().stream())
                        .filter(task -> !task.status().isFinal() && policy.concerns(task))
                        .toList());
    }

    /** Whether it would come out the same again. */
    @SuppressWarnings("ReferenceEquality") // both stay the same objects as long as nothing has changed; comparing would take as long as reading
    boolean isOf(Catalog other, HeartbeatPolicy policy) {
        return catalog == other && owners == policy.reconcile().owners() && owner.equals(policy.owner());
    }
}
