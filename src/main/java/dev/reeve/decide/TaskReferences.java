package dev.reeve.decide;

import dev.reeve.model.Fault;
import dev.reeve.model.Place;
import dev.reeve.model.SignalKind;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskPath;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is wrong between task files, each of which may be right by itself. */
public final class TaskReferences {

    private static final int NAMED = 5;

    private TaskReferences() {}

    /**
     * A task and what it depends on.
     *
     * @param dependsOn each dependency and where the file names it
     */
    public record Member(Slug slug, Map<Slug, Place> dependsOn) {}

    /** A fault in each file whose slug is also that of another, naming the others. */
    public static List<Fault> duplicates(Collection<TaskPath> paths) {
        var bySlug = new TreeMap<Slug, SortedSet<TaskPath>>();
        paths.forEach(path -> path.slug()
                .ifPresent(slug -> bySlug.computeIfAbsent(slug, _ -> new TreeSet<>()).add(path)));
        var faults = new ArrayList<Fault>();
        bySlug.forEach((slug, same) -> {
            if (same.size() > 1) {
                same.forEach(path -> faults.add(new Fault(SignalKind.DUPLICATE_SLUG, Place.of(path.value()),
                        "the slug " + slug
                                + " is also that of " + listed(same.stream().filter(p -> !p.equals(path)).toList())
                                + ": rename all but one")));
            }
        });
        return faults;
    }

    /**
     * A fault where a file names a dependency that there is no task for.
     *
     * @param known the slugs of all tasks, also of those whose file is wrong in another way
     */
    public static List<Fault> unknownDependencies(Collection<Member> members, Set<Slug> known) {
        var faults = new ArrayList<Fault>();
        for (var member : members) {
            member.dependsOn().forEach((slug, place) -> {
                if (!known.contains(slug)) {
                    faults.add(new Fault(SignalKind.UNKNOWN_DEPENDENCY, place,
                            "there is no task " + slug + ": correct the name or remove it"));
                }
            });
        }
        return faults;
    }

    /** A fault where a file names a dependency that depends, directly or not, on the file's own task. */
    public static List<Fault> cycles(Collection<Member> members) {
        var graph = new HashMap<Slug, Set<Slug>>();
        members.forEach(m -> graph.put(m.slug(), m.dependsOn().keySet()));
        var circles = new Circles(graph).found();
        var faults = new ArrayList<Fault>();
        for (var member : members) {
            var circle = circles.getOrDefault(member.slug(), new TreeSet<>());
            member.dependsOn().forEach((slug, place) -> {
                if (circle.contains(slug)) {
                    faults.add(new Fault(SignalKind.DEPENDENCY_CYCLE, place, inCircle(member.slug(), circle)));
                }
            });
        }
        return faults;
    }

    private static String inCircle(Slug slug, SortedSet<Slug> circle) {
        return circle.size() == 1
                ? slug + " depends on itself: remove it"
                : listed(circle) + " depend on each other, so none can ever begin: remove one of these dependencies";
    }

    private static String listed(Collection<?> names) {
        var shown = names.stream().limit(NAMED).map(Object::toString).collect(Collectors.joining(", "));
        return names.size() <= NAMED ? shown : shown + " and " + (names.size() - NAMED) + " more";
    }
}
