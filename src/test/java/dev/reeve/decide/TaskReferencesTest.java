package dev.reeve.decide;

import dev.reeve.decide.TaskReferences.Member;
import dev.reeve.model.Place;
import dev.reeve.model.SignalKind;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskPath;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

class TaskReferencesTest {

    private static Member member(String slug, String... dependencies) {
        return new Member(new Slug(slug), List.of(dependencies)
                .stream()
                .collect(toMap(Slug::new, d -> new Place(slug, 1, 1))));
    }

    private static List<String> inCircles(List<Member> members) {
        return TaskReferences.cycles(members).stream().map(f -> f.place().file()).distinct().sorted().toList();
    }

    @Test
    void onlyWhatIsInACircleIsToldNotWhatLeadsThereOrComesFromThere() {
        var members = List.of(member("before", "a"), member("a", "b"), member("b", "c", "after"), member("c", "a"),
                member("after"),
                member("self", "self"), member("x", "y"), member("y", "x"));
        assertThat(inCircles(members)).containsExactly("a", "b", "c", "self", "x", "y");
        assertThat(TaskReferences.cycles(members))
                .allSatisfy(f -> assertThat(f.kind()).isEqualTo(SignalKind.DEPENDENCY_CYCLE))
                .anySatisfy(f -> assertThat(f.message()).startsWith("self depends on itself"))
                .anySatisfy(f -> assertThat(f.message()).startsWith("a, b, c depend on each other"));
    }

    @Test
    void aLongChainExhaustsNothing() {
        var chain = IntStream.range(0, 20_000).mapToObj(i -> member("t" + i, "t" + (i + 1) % 20_000)).toList();
        assertThat(inCircles(chain)).hasSize(20_000);
        assertThat(inCircles(chain.subList(0, 19_999))).isEmpty();
        assertThat(TaskReferences.cycles(chain).getFirst().message()).hasSizeLessThan(300);
    }

    @Test
    void dependenciesOnNothingAreTold() {
        var known = Set.of(new Slug("a"), new Slug("invalid"));
        assertThat(TaskReferences.unknownDependencies(List.of(member("a", "invalid", "nope")), known)).singleElement()
                .satisfies(f -> assertThat(f.message()).contains("nope"));
    }

    @Test
    void everyFileOfADuplicateIsToldAndNamesTheOthers() {
        var paths = List.of(new TaskPath("tasks/x/a.md"), new TaskPath("tasks/a.md"), new TaskPath("tasks/b.md"),
                new TaskPath("tasks/No Slug.md"));
        assertThat(TaskReferences.duplicates(paths)).satisfiesExactly(
                f -> assertThat(f.toString()).startsWith("tasks/a.md:1:1: duplicate_slug: ").contains("tasks/x/a.md"),
                f -> assertThat(f.toString()).startsWith("tasks/x/a.md:1:1: duplicate_slug: ")
                        .contains("of tasks/a.md"));
    }

    @Property(tries = 300)
    void whatIsToldIsExactlyWhatReachesItself(@ForAll("graphs") Map<Integer, Set<Integer>> graph) {
        var members = graph.entrySet()
                .stream()
                .map(e -> member("t" + e.getKey(), e.getValue().stream().map(n -> "t" + n).toArray(String[]::new)))
                .toList();
        var expected = graph.keySet()
                .stream()
                .filter(n -> reached(graph, n).contains(n))
                .map(n -> "t" + n)
                .collect(toSet());
        assertThat(inCircles(members)).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static Set<Integer> reached(Map<Integer, Set<Integer>> graph, int from) {
        var seen = new HashSet<Integer>();
        var todo = new java.util.ArrayDeque<>(graph.getOrDefault(from, Set.of()));
        while (!todo.isEmpty()) {
            var next = todo.pop();
            if (seen.add(next)) {
                todo.addAll(graph.getOrDefault(next, Set.of()));
            }
        }
        return seen;
    }

    @Provide
    Arbitrary<Map<Integer, Set<Integer>>> graphs() {
        var node = Arbitraries.integers().between(0, 9);
        return Arbitraries.maps(node, node.set().ofMaxSize(3)).ofMaxSize(10);
    }
}
