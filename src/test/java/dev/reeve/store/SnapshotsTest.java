package dev.reeve.store;

import dev.reeve.kit.Judged;
import dev.reeve.model.BeatFacts;
import dev.reeve.model.Bucket;
import dev.reeve.model.CatalogEntry;
import dev.reeve.model.DeskFacts;
import dev.reeve.model.Judgement;
import dev.reeve.model.OwnerKey;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.SignalKind;
import dev.reeve.model.Slug;
import dev.reeve.model.SnapshotTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SnapshotsTest {

    private static final OwnerKey DAVE = new OwnerKey("dave");
    private static final Instant NOW = Instant.parse("2026-03-27T10:15:30Z");

    @TempDir
    Path checkout;
    private Snapshots snapshots;
    private Path file;

    @BeforeEach
    void open() throws IOException {
        snapshots = new Snapshots(new StateFolder(checkout, InstantSource.fixed(NOW)));
        file = checkout.resolve(".tasks/task_manager/task-manager-dave.snapshot.json");
    }

    private SnapshotWrite write(List<Judgement> tasks) throws IOException {
        return snapshots.write(Judged.head("dave", tasks), tasks);
    }

    private SnapshotTask task(String slug) throws IOException {
        return snapshots.task(DAVE, new Slug(slug)).orElseThrow();
    }

    private void found(String text) throws IOException {
        write(List.of());
        Files.writeString(file, text);
    }

    @Test
    void whatItSaysOfTheQueueIsReadBack() throws IOException {
        var tasks = List.of(Judged.full("fix-login"), Judged.broken("odd"), Judged.plain("next", Bucket.READY));
        assertThat(write(tasks)).isEqualTo(new SnapshotWrite.Written(List.of()));
        assertThat(snapshots.head(DAVE)).isEqualTo(new SnapshotReading.Known(Judged.head("dave", tasks)));
        assertThat(snapshots.head(new OwnerKey("mira"))).isEqualTo(new SnapshotReading.None());
        assertThat(snapshots.owners()).containsExactly(DAVE);
    }

    @Test
    void whatItSaysOfATaskIsReadBack() throws IOException {
        var full = Judged.full("fix-login");
        write(List.of(full, Judged.plain("next", Bucket.READY)));
        var read = task("fix-login");
        var desk = full.facts().desk().orElseThrow();
        assertThat(read.run()).isEqualTo(((DeskFacts.LastRun.Known) desk.run()).run());
        assertThat(Objects.requireNonNull(read.register()).entry())
                .isEqualTo(((DeskFacts.Claim.Held) desk.claim()).entry());
        assertThat(read.worktree()).isEqualTo(((DeskFacts.WorktreePlace.There) desk.place()).worktree());
        assertThat(read.signals()).containsExactly(SignalKind.PR_CI_FAILING, SignalKind.PR_CONFLICT);
        assertThat(read.dispatch()).isEqualTo(full.dispatch());
        var intent = Objects.requireNonNull(read.intent());
        assertThat(intent.dependsOn()).isEqualTo(full.facts().dependencies());
        assertThat(intent.title()).isEqualTo("Fix \"it\"\t\u001b[31m");
        assertThat(Objects.requireNonNull(read.pullRequest()).standing())
                .isEqualTo(full.facts().standing().orElseThrow());
        assertThat(task("next").register()).isNull();
        assertThat(task("next").dispatch()).isEqualTo(new Judgement.Dispatchability.Dispatchable(Judged.NOW));
        assertThat(snapshots.task(DAVE, new Slug("nobody"))).isEmpty();
    }

    @Test
    void halfACharacterInAPullRequestsTitleIsNoReasonToHaveNoSnapshot() throws IOException {
        write(List.of(Judged.full("fix-login")));
        assertThat(Objects.requireNonNull(task("fix-login").pullRequest()).title()).isEqualTo("A \uFFFD title");
    }

    @Test
    void aTaskThatNobodyBeganHasNoPullRequestEvenIfGitHubCantBeAsked() throws IOException {
        var begun = Judged.full("begun");
        var unknown = new PullRequestLookup.Unknown("it is down");
        write(List.of(Judged.broken("odd"), new Judgement(new BeatFacts(begun.facts().task(), begun.facts().detail(),
                unknown, begun.facts().standing(), List.of()), Bucket.WAITING, "", begun.dispatch(),
                begun.incident())));
        assertThat(task("odd").pullRequestUnknown()).isNull();
        assertThat(task("begun").pullRequestUnknown()).isEqualTo("it is down");
    }

    @Test
    void aSlugWithoutAFileHasNoIntent() throws IOException {
        var facts = new BeatFacts(new CatalogEntry.Missing(new Slug("gone")), Optional.empty(),
                new PullRequestLookup.None(), Optional.empty(), List.of());
        write(List.of(new Judgement(facts, Bucket.NEEDS_ATTENTION, "its file is gone",
                new Judgement.Dispatchability.NotDispatchable("its file is gone"), Optional.empty())));
        assertThat(task("gone").intent()).isNull();
        assertThat(task("gone").path()).isNull();
    }

    @Test
    void peopleCanReadIt() throws IOException {
        write(List.of(Judged.plain("one", Bucket.READY), Judged.plain("two", Bucket.READY)));
        var lines = Files.readAllLines(file);
        assertThat(lines).contains("  \"owner\": \"dave\",", "  \"generated_at\": \"2026-03-27T10:15:30.123456Z\",",
                "  \"tasks\": [");
        assertThat(lines.get(1)).isEqualTo("  \"schema\": 1,");
        assertThat(lines).filteredOn(line -> line.startsWith("    {\"slug\": \"")).hasSize(2);
        assertThat(Files.readString(file)).endsWith("  ]\n}\n");
    }

    private static String name(Bucket bucket) {
        return bucket.id().replace('_', '-');
    }

    @Test
    void theFirstTasksOfEachBucketAreThereInTheirOrder() throws IOException {
        var tasks = new ArrayList<Judgement>();
        for (var bucket : Bucket.values()) {
            IntStream.range(0, 5).forEach(i -> tasks.add(Judged.plain(name(bucket) + i, bucket)));
        }
        write(tasks);
        var first = snapshots.first(DAVE, EnumSet.of(Bucket.NEEDS_ATTENTION, Bucket.READY), 2);
        assertThat(first.keySet()).containsExactly(Bucket.NEEDS_ATTENTION, Bucket.READY);
        assertThat(first.getOrDefault(Bucket.READY, List.of())).extracting(task -> task.slug().value())
                .containsExactly("ready0", "ready1");
        assertThat(snapshots.first(DAVE, EnumSet.allOf(Bucket.class), 99).values()).allMatch(some -> some.size() == 5);
        assertThat(snapshots.first(new OwnerKey("mira"), EnumSet.of(Bucket.READY), 2).values())
                .allMatch(List::isEmpty);
    }

    @Test
    void neitherTheHeadNorTheFirstTasksCostWhatComesBehind() throws IOException {
        write(List.of(Judged.plain("one", Bucket.READY), Judged.plain("two", Bucket.DONE)));
        var text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.indexOf("{\"slug\": \"two\"")) + "{ damaged");
        assertThat(snapshots.head(DAVE)).isInstanceOf(SnapshotReading.Known.class);
        assertThat(snapshots.first(DAVE, EnumSet.of(Bucket.READY), 1).values()).allMatch(some -> some.size() == 1);
        assertThat(snapshots.first(DAVE, EnumSet.allOf(Bucket.class), 9).values())
                .anyMatch(some -> some.size() == 1);
        assertThat(snapshots.task(DAVE, new Slug("two"))).isEmpty();
    }

    @Test
    void aCorruptOneIsAValueAndIsSetAsideByTheNext() throws IOException {
        for (var damage : List.of("", "{", "[]", "null", "\u0000", "{\"schema\": \"one\"}", "{\"schema\": 1}",
                "{\"schema\": 1, \"owner\": \"mira\", \"generated_at\": \"2026-03-27T10:15:30Z\"}",
                "{\"schema\": 1, \"schema\": 1}", "{\"schema\":" + "[".repeat(1000))) {
            found(damage);
            assertThat(snapshots.head(DAVE)).as(damage)
                    .isInstanceOfSatisfying(SnapshotReading.Corrupt.class,
                            corrupt -> assertThat(corrupt.signal().kind()).isEqualTo(SignalKind.STATE_FILE_CORRUPT));
            assertThat(write(List.of()).signals()).as(damage)
                    .singleElement()
                    .matches(signal -> signal.message()
                            .contains("set aside as task-manager-dave.snapshot.json.corrupt-"));
            assertThat(write(List.of()).signals()).isEmpty();
            assertThat(snapshots.head(DAVE)).isInstanceOf(SnapshotReading.Known.class);
        }
        assertThat(snapshots.owners()).containsExactly(DAVE);
    }

    @Test
    void oneOfAnOlderScriptIsReplacedWithoutAWord() throws IOException {
        found("{\"owner\": \"dave\", \"tasks\": []}");
        assertThat(snapshots.head(DAVE)).isEqualTo(new SnapshotReading.Foreign());
        assertThat(write(List.of()).signals()).isEmpty();
        assertThat(snapshots.head(DAVE)).isInstanceOf(SnapshotReading.Known.class);
    }

    @Test
    void oneOfANewerReeveIsLeftAsItIs() throws IOException {
        var newer = "{\"schema\": 2, \"what\": \"ever\"}";
        found(newer);
        assertThat(snapshots.head(DAVE)).isInstanceOf(SnapshotReading.Untouchable.class);
        assertThat(write(List.of())).isInstanceOf(SnapshotWrite.Refused.class);
        assertThat(file).hasContent(newer);
    }

    @Test
    void aLinkIsNeitherReadNorWrittenThrough(@TempDir Path outside) throws IOException {
        write(List.of());
        var other = Files.move(file, outside.resolve("other.json"));
        Files.createSymbolicLink(file, other);
        assertThat(snapshots.head(DAVE)).isInstanceOf(SnapshotReading.Untouchable.class);
        assertThat(write(List.of(Judged.plain("one", Bucket.READY)))).isInstanceOf(SnapshotWrite.Refused.class);
        assertThat(Files.readString(other)).doesNotContain("\"one\"");
    }

    @Test
    void whatANewerReeveAddedIsPassedOverAndWhatIsMissingCountsAsNothing() throws IOException {
        found("""
                {"schema": 1, "owner": "dave", "generated_at": "2026-03-27T10:15:30Z", "new": {"a": [1]},
                 "signals": [{"kind": "made_up"}, {"kind": "reopened", "message": "m"}, 7],
                 "incidents": [{"slug": "NO SLUG", "signals": []}, {"slug": "a"}],
                 "tasks": [7, {"slug": "bad slug", "bucket": "ready"}, {"slug": "a", "bucket": "made_up"},
                  {"slug": "b", "bucket": "ready", "pull_request": {"number": "x"}, "worktree": {"path": "\\u0000"}}]}
                """);
        assertThat(snapshots.head(DAVE)).isInstanceOfSatisfying(SnapshotReading.Known.class, known -> {
            assertThat(known.head().signals()).singleElement()
                    .matches(signal -> signal.kind() == SignalKind.REOPENED);
            assertThat(known.head().incidents()).isEmpty();
        });
        assertThat(task("b").worktree()).isNull();
        assertThat(snapshots.task(DAVE, new Slug("a"))).isEmpty();
    }

    @Test
    void aCrashAtAnyStepLeavesTheOldOneOrTheNew() throws IOException {
        write(List.of(Judged.plain("old", Bucket.READY)));
        for (var step : List.of("written", "replaced")) {
            var state = new StateFolder(checkout, InstantSource.fixed(NOW), reached -> {
                if (reached.startsWith(step)) {
                    throw new IllegalStateException("crash");
                }
            });
            var tasks = List.of(Judged.plain("new", Bucket.READY));
            assertThatThrownBy(() -> new Snapshots(state).write(Judged.head("dave", tasks), tasks))
                    .hasMessage("crash");
            assertThat(task(step.equals("written") ? "old" : "new")).isNotNull();
        }
        write(List.of());
        assertThat(snapshots.head(DAVE)).isInstanceOf(SnapshotReading.Known.class);
    }

    @Test
    void aSnapshotThatCantBeMadeLeavesTheOneThatIsThere() throws IOException {
        write(List.of(Judged.plain("old", Bucket.READY)));
        var before = Files.readString(file, StandardCharsets.UTF_8);
        var tasks = new ArrayList<>(List.of(Judged.plain("one", Bucket.READY), Judged.plain("two", Bucket.READY)));
        var failing = new AbstractList<Judgement>() {
            @Override
            public Judgement get(int index) {
                if (index == 1) {
                    throw new IllegalStateException("no more");
                }
                return tasks.get(index);
            }

            @Override
            public int size() {
                return tasks.size();
            }
        };
        assertThatThrownBy(() -> snapshots.write(Judged.head("dave", tasks), failing))
                .hasMessage("no more");
        assertThat(file).hasContent(before);
    }
}
