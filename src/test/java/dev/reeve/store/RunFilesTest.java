package dev.reeve.store;

import dev.reeve.model.BranchName;
import dev.reeve.model.OwnerKey;
import dev.reeve.model.RegisterEntry;
import dev.reeve.model.RunEvent;
import dev.reeve.model.RunId;
import dev.reeve.model.Slug;
import dev.reeve.model.TasksRoot;
import dev.reeve.store.RunFiles.Written;
import dev.reeve.store.RunRecord.Site;
import dev.reeve.store.RunRecord.State;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RunFilesTest {

    private static final Instant NOON = Instant.parse("2026-03-27T12:00:00Z");
    private static final OwnerKey DAVE = new OwnerKey("dave");
    private static final Slug SLUG = new Slug("fix-login");
    private static final RunId FIRST = new RunId("run-1");
    private static final RunId SECOND = new RunId("run-2");

    @TempDir
    private Path checkout;
    private RunFiles files;

    /** Where a test stops as if the process had died. */
    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    @BeforeEach
    void aTaskThatIsClaimed() throws IOException {
        files = new RunFiles(state(), TasksRoot.DEFAULT);
        claimedBy(FIRST);
    }

    private StateFolder state() {
        return new StateFolder(checkout, InstantSource.fixed(NOON));
    }

    private void claimedBy(RunId run) throws IOException {
        new Registers(state()).put(DAVE, new RegisterEntry(SLUG, "tasks/fix-login.md", "/trees/fix-login",
                "task/fix-login", NOON, null, null, 1, run.value(), null));
    }

    private static RunRecord run(RunId id) {
        var process = new ProcessIdentity(4242, 17L, "boot");
        return new RunRecord(SLUG, id, State.RUNNING, 1,
                new Site(Path.of("/trees/fix-login"), new BranchName("task/fix-login")), process, process, NOON, NOON,
                Optional.empty(), 12);
    }

    private static RunRecord over(RunId id, String summary) {
        return run(id).ended(State.EXITED, new RunRecord.Ending(NOON.plusSeconds(60), 0, null, "blocked", null,
                summary, "it said so", null, null, null), 99);
    }

    private static RunEvent outcome(RunRecord run) {
        return new RunEvent(NOON, RunEvent.Kind.OUTCOME, run.id().value(),
                Map.of("outcome", String.valueOf(run.ending().orElseThrow().outcome())));
    }

    private static RunEvent started(RunId run) {
        return new RunEvent(NOON, RunEvent.Kind.STARTED, run.value(), Map.of("pid", "4242"));
    }

    private Written end(RunRecord run) throws IOException {
        return files.ended(DAVE, run, outcome(run));
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        assertThat(files.status(SLUG)).isEmpty();
        assertThat(files.underWay(DAVE, run(FIRST), started(FIRST))).isEqualTo(Written.DONE);
        assertThat(files.tombstone(SLUG)).isEmpty();
        assertThat(files.tombstone(DAVE, run(FIRST))).isEqualTo(Written.DONE);
        assertThat(files.status(SLUG)).contains(run(FIRST)).isEqualTo(files.tombstone(SLUG));

        assertThat(end(over(FIRST, "which\ncolour? \u202e\u0000"))).isEqualTo(Written.DONE);

        assertThat(files.status(SLUG)).contains(over(FIRST, "which\ncolour? \u202e\u0000"))
                .isEqualTo(files.tombstone(SLUG));
    }

    @Test
    void whatARunSaysThatAnotherHasReplacedChangesNothing() throws IOException {
        files.underWay(DAVE, run(FIRST), started(FIRST));
        claimedBy(SECOND);
        files.underWay(DAVE, run(SECOND), started(SECOND));
        var before = everything();

        assertThat(files.underWay(DAVE, run(FIRST).seen(NOON.plusSeconds(9), 13), started(FIRST)))
                .isEqualTo(Written.LATE);
        assertThat(files.tombstone(DAVE, run(FIRST))).isEqualTo(Written.LATE);
        assertThat(end(over(FIRST, "done"))).isEqualTo(Written.LATE);

        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void anEndIsToldOnce() throws IOException {
        files.underWay(DAVE, run(FIRST), started(FIRST));
        assertThat(end(over(FIRST, "done"))).isEqualTo(Written.DONE);
        var before = everything();
        assertThat(end(over(FIRST, "done"))).isEqualTo(Written.DONE);
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void diedAtAnyStepOfItsEndItIsCompletedByWhoeverComesNext() throws IOException {
        var steps = steps();
        assertThat(steps).contains("replaced dispatch-fix-login.tombstone.json",
                "appended dispatch-fix-login.history.jsonl", "replaced dispatch-fix-login.status.json");
        for (int step = 0; step < steps.size(); step++) {
            var id = new RunId("crash-" + step);
            claimedBy(id);
            files.underWay(DAVE, run(id), started(id));
            int fatal = step;
            assertThatThrownBy(
                    () -> crashing(fatal, new ArrayList<>()).ended(DAVE, over(id, "done"), outcome(over(id, "done"))))
                    .isInstanceOf(Crash.class);
            var told = files.tombstone(SLUG)
                    .filter(stone -> stone.id().equals(id) && stone.ending().isPresent())
                    .orElse(over(id, "done"));

            assertThat(end(told)).isEqualTo(Written.DONE);

            assertThat(files.status(SLUG)).as(steps.get(step))
                    .contains(over(id, "done"))
                    .isEqualTo(files.tombstone(SLUG));
            assertThat(outcomes(id)).as(steps.get(step)).isEqualTo(1);
        }
    }

    /** What an end consists of. */
    private List<String> steps() throws IOException {
        files.underWay(DAVE, run(FIRST), started(FIRST));
        var steps = new ArrayList<String>();
        crashing(Integer.MAX_VALUE, steps).ended(DAVE, over(FIRST, "done"), outcome(over(FIRST, "done")));
        return steps;
    }

    private RunFiles crashing(int at, List<String> steps) {
        return new RunFiles(new StateFolder(checkout, InstantSource.fixed(NOON), step -> {
            steps.add(step);
            if (steps.size() > at) {
                throw new Crash();
            }
        }), TasksRoot.DEFAULT);
    }

    private long outcomes(RunId run) throws IOException {
        return files.history()
                .read(SLUG)
                .stream()
                .filter(event -> event.kind() == RunEvent.Kind.OUTCOME && run.value().equals(event.runId()))
                .count();
    }

    @Test
    void anOutcomeWhoseLineLacksOnlyItsEndIsNotToldAgain() throws IOException {
        files.underWay(DAVE, run(FIRST), started(FIRST));
        end(over(FIRST, "done"));
        var history = checkout.resolve("tasks/logs/dispatch-fix-login.history.jsonl");
        var bytes = Files.readAllBytes(history);
        Files.write(history, Arrays.copyOf(bytes, bytes.length - 1));

        end(over(FIRST, "done"));
        files.history().append(SLUG, started(SECOND));

        assertThat(outcomes(FIRST)).isEqualTo(1);
    }

    @Test
    void aStatusThatIsNoneOfOursIsNoRun() throws IOException {
        files.underWay(DAVE, run(FIRST), started(FIRST));
        var status = checkout.resolve("tasks/logs/dispatch-fix-login.status.json");
        var good = Files.readString(status);
        for (var content : List.of("", "{", "[]", "null", good.substring(0, good.length() / 2),
                good.replace("\"running\"", "\"what\""), good.replace("\"run-1\"", "\"../../etc\""),
                good.replace("4242", "-1"), good.replace("task/fix-login", "-x"),
                good.replace("/trees/fix-login", "\\u0000"), "\0".repeat(2 << 20))) {
            Files.writeString(status, content);
            assertThat(files.status(SLUG)).as(content.substring(0, Math.min(99, content.length()))).isEmpty();
        }
        Files.delete(status);
        Files.createSymbolicLink(status, Files.writeString(checkout.resolve("elsewhere"), "theirs"));
        assertThat(files.status(SLUG)).isEmpty();
        assertThatThrownBy(() -> files.underWay(DAVE, run(FIRST))).hasMessageContaining("symbolic link");
    }

    private Map<String, String> everything() throws IOException {
        var all = new TreeMap<String, String>();
        try (var paths = Files.walk(checkout)) {
            for (var file : paths.filter(Files::isRegularFile).toList()) {
                all.put(file.toString(), Files.readString(file));
            }
        }
        return all;
    }
}
