package dev.reeve.decide;

import dev.reeve.model.BeatFacts.Dependency;
import dev.reeve.model.BeatFacts.Dependency.State;
import dev.reeve.model.BranchName;
import dev.reeve.model.CatalogEntry;
import dev.reeve.model.Place;
import dev.reeve.model.Priority;
import dev.reeve.model.Signal;
import dev.reeve.model.SignalKind;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskPath;
import dev.reeve.model.TaskStatus;
import dev.reeve.model.TaskSummary;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class CatalogReferencesTest {

    private static CatalogEntry task(String path, TaskStatus status, String... dependencies) {
        var at = new TaskPath("tasks/" + path + ".md");
        var slug = at.slug().orElseThrow();
        return new CatalogEntry.Valid(new TaskSummary(slug, at, "T", status, Priority.P2, null, "dave",
                Arrays.stream(dependencies).map(Slug::new).toList(), BranchName.ofTask(slug), null, 0, false,
                GivenTask.NOW));
    }

    private static CatalogEntry ready(String path, String... dependencies) {
        return task(path, TaskStatus.READY, dependencies);
    }

    private static List<SignalKind> kinds(CatalogReferences references, String slug) {
        return references.signals(_ -> Map.of())
                .getOrDefault(new Slug(slug), List.of())
                .stream()
                .map(Signal::kind)
                .toList();
    }

    @Test
    void aSlugOfSeveralFilesIsToldAtEachOfThem() {
        var references = new CatalogReferences(List.of(ready("a/x"), ready("b/x"), ready("c/x"), ready("y")));

        assertThat(references.signals(_ -> Map.of())).containsOnlyKeys(new Slug("x"));
        assertThat(references.signals(_ -> Map.of()).get(new Slug("x")))
                .extracting(signal -> String.valueOf(signal.place()))
                .containsExactly("tasks/a/x.md:1:1", "tasks/b/x.md:1:1", "tasks/c/x.md:1:1");
    }

    @Test
    void whatIsNoTaskAndWhatGoesInCirclesIsToldAtTheTaskThatNamesIt() {
        var references = new CatalogReferences(List.of(ready("a", "b"), ready("b", "a"), ready("c", "nope", "a")));

        assertThat(kinds(references, "a")).containsExactly(SignalKind.DEPENDENCY_CYCLE);
        assertThat(kinds(references, "b")).containsExactly(SignalKind.DEPENDENCY_CYCLE);
        assertThat(kinds(references, "c")).containsExactly(SignalKind.UNKNOWN_DEPENDENCY);
    }

    @Test
    void theLineIsAskedForOnlyWhereSomethingIsWrong() {
        var references = new CatalogReferences(List.of(ready("a", "nope", "b"), ready("b", "c"), ready("c")));

        var signals = references.signals(task -> {
            assertThat(task.slug()).isEqualTo(new Slug("a"));
            return Map.of(new Slug("nope"), new Place("tasks/a.md", 5, 14));
        });

        assertThat(signals.get(new Slug("a"))).extracting(signal -> String.valueOf(signal.place()))
                .containsExactly("tasks/a.md:5:14");
    }

    @Test
    void aTaskThatIsOverRaisesNothingAndHoldsUpNobody() {
        var references = new CatalogReferences(
                List.of(task("a", TaskStatus.COMPLETED, "b", "nope"), ready("b", "a")));

        assertThat(references.signals(_ -> Map.of())).isEmpty();
    }

    @Test
    void aDependencyIsWhatItsFileSays() {
        var asking = ready("asking", "done", "off", "open", "broken", "twice", "nope", "ghost");
        var references = new CatalogReferences(List.of(asking, task("done", TaskStatus.COMPLETED),
                task("off", TaskStatus.CANCELLED), task("open", TaskStatus.BLOCKED),
                new CatalogEntry.Faulty(new Slug("broken"), new TaskPath("tasks/broken.md"), List.of()),
                ready("a/twice"), task("b/twice", TaskStatus.COMPLETED), new CatalogEntry.Missing(new Slug("ghost"))));

        assertThat(references.dependencies(asking.asTask().orElseThrow())).extracting(Dependency::state)
                .containsExactly(State.COMPLETED, State.CANCELLED, State.OPEN, State.UNREADABLE, State.UNREADABLE,
                        State.UNKNOWN, State.UNKNOWN);
        assertThat(kinds(references, "asking")).containsExactly(SignalKind.UNKNOWN_DEPENDENCY,
                SignalKind.UNKNOWN_DEPENDENCY);
    }

    @Test
    void aHundredThousandTasksInOneChainAreNoneTooMany() {
        var chain = IntStream.range(0, 100_000).mapToObj(i -> ready("t" + i, "t" + (i + 1))).toList();

        assertThat(new CatalogReferences(chain).signals(_ -> Map.of())).containsOnlyKeys(new Slug("t99999"));
    }
}
