package dev.reeve.decide;

import dev.reeve.model.Slug;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Finds what depends on itself, directly or not, in time proportional to the number of dependencies: Tarjan's strongly connected
 * components, with a stack of its own so that a long chain can't exhaust the thread's. Used once.
 */
final class Circles {

    private final Map<Slug, Set<Slug>> graph;
    private final Map<Slug, Integer> order = new HashMap<>();
    private final Map<Slug, Integer> lowest = new HashMap<>();
    private final Deque<Slug> open = new ArrayDeque<>();
    private final Deque<Visit> visits = new ArrayDeque<>();
    private final Map<Slug, SortedSet<Slug>> circles = new HashMap<>();

    private record Visit(Slug slug, Iterator<Slug> next) {}

    Circles(Map<Slug, Set<Slug>> graph) {
        this.graph = graph;
    }

    /** For each slug that is in a circle, all that are in it: each can be reached from each. */
    Map<Slug, SortedSet<Slug>> found() {
        for (var slug : graph.keySet()) {
            if (!order.containsKey(slug)) {
                enter(slug);
                while (!visits.isEmpty()) {
                    step(visits.element());
                }
            }
        }
        return circles;
    }

    private void enter(Slug slug) {
        order.put(slug, order.size());
        lowest.put(slug, order.size() - 1);
        open.push(slug);
        visits.push(new Visit(slug, graph.getOrDefault(slug, Set.of()).iterator()));
    }

    private void step(Visit visit) {
        if (!visit.next().hasNext()) {
            leave(visit.slug());
            return;
        }
        var next = visit.next().next();
        var known = order.get(next);
        if (known == null) {
            enter(next);
        } else if (lowest.containsKey(next)) {
            lowest.merge(visit.slug(), known, Math::min);
        }
    }

    private void leave(Slug slug) {
        visits.pop();
        int low = lowest.getOrDefault(slug, 0);
        if (!visits.isEmpty()) {
            lowest.merge(visits.element().slug(), low, Math::min);
        }
        if (low == order.getOrDefault(slug, -1)) {
            close(slug);
        }
    }

    private void close(Slug slug) {
        var component = new TreeSet<Slug>();
        while (!component.contains(slug)) {
            var member = open.pop();
            component.add(member);
            // What is closed can't be reached back from what is still open.
            lowest.remove(member);
        }
        if (component.size() > 1 || graph.getOrDefault(slug, Set.of()).contains(slug)) {
            component.forEach(member -> circles.put(member, component));
        }
    }
}
