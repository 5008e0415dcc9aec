package dev.reeve.decide;

import dev.reeve.model.BeatFacts.Dependency;
import dev.reeve.model.CatalogEntry;
import dev.reeve.model.Fault;
import dev.reeve.model.Place;
import dev.reeve.model.Signal;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskPath;
import dev.reeve.model.TaskSummary;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What is between the tasks of a checkout: who depends on whom, and what is wrong with that. Made once from all of them, in time proportional
 * to their number.
 */
public final class CatalogReferences {

    private final Map<Slug, CatalogEntry> bySlug;
    private final Set<Slug> ambiguous = new HashSet<>();
    private final List<TaskPath> same = new ArrayList<>();

    /** Those between these, which may hold several files of one slug. */
    public CatalogReferences(Collection<CatalogEntry> entries) {
        bySlug = HashMap.newHashMap(entries.size());
        entries.forEach(this::add);
    }

    private void add(CatalogEntry entry) {
        if (entry.path().isEmpty()) {
            return;
        }
        var before = bySlug.putIfAbsent(entry.slug(), entry);
        if (before != null) {
            same.add(entry.path().get());
            if (ambiguous.add(entry.slug())) {
                before.path().ifPresent(same::add);
            }
        }
    }

    /** What a task depends on, in its file's order. */
    public List<Dependency> dependencies(TaskSummary task) {
        return task.dependsOn().isEmpty() ? List.of() : task.dependsOn().stream().map(this::dependency).toList();
    }

    private Dependency dependency(Slug slug) {
        var entry = bySlug.get(slug);
        if (entry == null) {
            return new Dependency(slug, Dependency.State.UNKNOWN, Instant.EPOCH);
        }
        return entry.asTask()
                .filter(_ -> !ambiguous.contains(slug))
                .map(task -> new Dependency(slug, state(task), task.modified()))
                .orElse(new Dependency(slug, Dependency.State.UNREADABLE, Instant.EPOCH));
    }

    private static Dependency.State state(TaskSummary task) {
        return switch (task.status()) {
            case COMPLETED -> Dependency.State.COMPLETED;
            case CANCELLED -> Dependency.State.CANCELLED;
            case NOT_STARTED, READY, IN_PROGRESS, BLOCKED -> Dependency.State.OPEN;
        };
    }

    /**
     * The signals {@code duplicate_slug}, {@code unknown_dependency} and {@code dependency_cycle}, for each task that has any. A task that is over holds up nobody, so
     * only its slug can be wrong.
     *
     * @param places where the file of a task names its dependencies, as far as that is known; the file as a whole stands for the others. Asked only for
     *        tasks that have signals
     */
    public Map<Slug, List<Signal>> signals(Function<TaskSummary, Map<Slug, Place>> places) {
        var rough = signals(members(_ -> Map.of()));
        return rough.isEmpty() ? rough
                : signals(members(task -> rough.containsKey(task.slug()) ? places.apply(task) : Map.of()));
    }

    private Map<Slug, List<Signal>> signals(List<TaskReferences.Member> members) {
        var signals = new LinkedHashMap<Slug, List<Signal>>();
        Stream.of(TaskReferences.duplicates(same), TaskReferences.unknownDependencies(members, bySlug.keySet()),
                TaskReferences.cycles(members)).flatMap(List::stream).forEach(fault -> add(fault, signals));
        return signals;
    }

    private List<TaskReferences.Member> members(Function<TaskSummary, Map<Slug, Place>> places) {
        return bySlug.values()
                .stream()
                .flatMap(entry -> entry.asTask().stream())
                .filter(task -> !task.dependsOn().isEmpty() && !task.status().isFinal())
                .map(task -> member(task, places.apply(task)))
                .toList();
    }

    private static TaskReferences.Member member(TaskSummary task, Map<Slug, Place> places) {
        var file = Place.of(task.path().value());
        var dependsOn = new LinkedHashMap<Slug, Place>();
        task.dependsOn().forEach(slug -> dependsOn.put(slug, places.getOrDefault(slug, file)));
        return new TaskReferences.Member(task.slug(), dependsOn);
    }

    private static void add(Fault fault, Map<Slug, List<Signal>> signals) {
        TaskPath.parse(fault.place().file())
                .flatMap(TaskPath::slug)
                .ifPresent(slug -> signals.computeIfAbsent(slug, _ -> new ArrayList<>()).add(Signal.of(fault, slug)));
    }
}
