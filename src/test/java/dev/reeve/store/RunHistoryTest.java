package dev.reeve.store;

import dev.reeve.model.FollowUp;
import dev.reeve.model.RunEvent;
import dev.reeve.model.RunEvent.Kind;
import dev.reeve.model.Slug;
import dev.reeve.model.TasksRoot;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RunHistoryTest {

    private static final Instant NOON = Instant.parse("2026-03-27T12:00:00Z");
    private static final Slug SLUG = new Slug("fix-login");

    @TempDir
    private Path checkout;
    private RunHistory history;
    private Path file;

    @BeforeEach
    void aHistory() {
        history = new RunHistory(new StateFolder(checkout, InstantSource.fixed(NOON)), TasksRoot.DEFAULT);
        file = checkout.resolve("tasks/logs/dispatch-fix-login.history.jsonl");
    }

    private static RunEvent event(Kind kind, String run, Map<String, String> details) {
        return new RunEvent(NOON, kind, run, details);
    }

    private void raw(String text) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text, StandardCharsets.ISO_8859_1, StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private List<String> pending() throws IOException {
        return history.pending(SLUG).stream().map(FollowUp::id).toList();
    }

    @Property(tries = 200)
    void everyTextComesBackAsItWas(@ForAll("texts") List<String> texts) throws IOException {
        var events = new ArrayList<RunEvent>();
        for (var text : texts) {
            var details = new LinkedHashMap<String, String>();
            details.put("text", text);
            details.put("x " + text, "y");
            events.add(event(Kind.PROMPT, "run-1", details));
        }
        assertThat(HistoryLines.read(HistoryLines.write(events))).isEqualTo(events);
    }

    @Provide
    Arbitrary<List<String>> texts() {
        return Arbitraries.strings()
                .all()
                .ofMaxLength(30)
                .map(text -> new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .list()
                .ofMaxSize(5);
    }

    @Test
    void aLineThatWasCutOffIsNoneAndTheNextOneIsWhole() throws IOException {
        history.add(SLUG, NOON, "dave", "use blue");
        var whole = Files.readString(file);
        for (int cut = 1; cut < whole.length() - 1; cut++) {
            Files.writeString(file, whole + whole.replace("u1", "torn").substring(0, cut));
            assertThat(pending()).containsExactly("u1");
            assertThat(history.add(SLUG, NOON, "dave", "not red").id()).isEqualTo("u2");
            assertThat(pending()).containsExactly("u1", "u2");
        }
    }

    @Test
    void aLineThatLacksOnlyItsEndCountsBeforeAndAfterTheNext() throws IOException {
        history.add(SLUG, NOON, "dave", "use blue");
        var whole = Files.readString(file);
        Files.writeString(file, whole.stripTrailing());
        assertThat(pending()).containsExactly("u1");
        assertThat(history.add(SLUG, NOON, "dave", "not red").id()).isEqualTo("u2");
        assertThat(history.pending(SLUG)).extracting(FollowUp::text).containsExactly("use blue", "not red");
    }

    @Test
    void hostileLinesHarmNothing() throws IOException {
        history.add(SLUG, NOON, "dave", "use blue");
        raw("\n\nnull\n[]\n{}\n\"x\"\n\u00ff\u00fe\u0000\n" + "[".repeat(5_000)
                + "\n{\"at\":\"yesterday\",\"event\":\"update\"}\n"
                + "{\"at\":\"2026-03-27T12:00:00Z\",\"event\":\"dance\",\"id\":\"u7\"}\n"
                + "{\"at\":\"2026-03-27T12:00:00Z\",\"event\":\"update\"}\n"
                + "{\"at\":\"2026-03-27T12:00:00Z\",\"event\":\"update\",\"id\":{\"a\":1}}\n"
                + "{\"at\":\"2026-03-27T12:00:00Z\",\"event\":\"run\",\"run_id\":5,\"updates\":7}\n"
                + "{\"at\":\"2026-03-27T12:00:00Z\",\"event\":\"started\",\"run_id\":null}\n"
                + "{\"at\":\"2026-03-27T12:00:00Z\",\"event\":\"expired\",\"updates\":\"\"}\r\n");
        var second = history.add(SLUG, NOON, "dave", "not red");
        assertThat(history.pending(SLUG)).extracting(FollowUp::text).containsExactly("use blue", "not red");
        assertThat(second.id()).isNotEqualTo("u1");
    }

    @Test
    void ofAHistoryThatIsTooLongTheNewestPartCounts() throws IOException {
        history.add(SLUG, NOON, "dave", "long ago");
        var filler = event(Kind.PROMPT, "run-1", Map.of("text", "é".repeat(1 << 19)));
        for (int i = 0; i < 18; i++) {
            history.append(SLUG, filler);
        }
        var update = history.add(SLUG, NOON, "dave", "use blue");
        assertThat(history.pending(SLUG)).containsExactly(update);
        var next = history.add(SLUG, NOON, "dave", "not red");
        assertThat(next.id()).isNotEqualTo(update.id());
        assertThat(history.pending(SLUG)).containsExactly(update, next);
    }

    @Test
    void aLinkInItsPlaceIsNotFollowed() throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Files.createSymbolicLink(file, Files.writeString(checkout.resolve("elsewhere"), "theirs"));
        assertThat(history.read(SLUG)).isEmpty();
        assertThatThrownBy(() -> history.add(SLUG, NOON, "dave", "x")).hasMessageContaining("regular file");
    }

    /** What may happen to a task's follow-ups. */
    enum Move {
        ADD, ORDER, START, END, EXPIRE
    }

    /** One list of who was told what, kept beside the history and by other means. */
    private static final class Told {
        final List<RunEvent> events = new ArrayList<>();
        final List<String> waiting = new ArrayList<>();
        final List<String> delivered = new ArrayList<>();
        final List<String> expired = new ArrayList<>();
        List<String> ordered = List.of();
        int added;
        int runs;

        void make(Move move) {
            switch (move) {
                case ADD -> {
                    waiting.add("u" + ++added);
                    events.add(event(Kind.UPDATE, "", Map.of("id", "u" + added, "text", "t")));
                }
                case ORDER -> {
                    ordered = RunHistory.pending(events).stream().map(FollowUp::id).toList();
                    events.add(event(Kind.RUN, "r" + ++runs, Map.of("updates", String.join(" ", ordered))));
                }
                case START -> {
                    events.add(event(Kind.STARTED, "r" + runs, Map.of()));
                    delivered.addAll(ordered);
                    waiting.removeAll(ordered);
                    ordered = List.of();
                }
                case END -> events.add(event(Kind.OUTCOME, "r" + runs, Map.of()));
                case EXPIRE -> {
                    var first = waiting.stream().filter(one -> !ordered.contains(one)).limit(1).toList();
                    events.add(event(Kind.EXPIRED, "", Map.of("updates", String.join(" ", first))));
                    expired.addAll(first);
                    waiting.removeAll(first);
                }
            }
        }
    }

    @Property(tries = 500)
    void aFollowUpWaitsUntilARunThatNamesItHasStartedOrItExpired(@ForAll List<Move> moves) {
        var told = new Told();
        for (var move : moves) {
            told.make(move);
            assertThat(RunHistory.pending(told.events)).extracting(FollowUp::id).isEqualTo(told.waiting);
        }
        assertThat(told.delivered).doesNotHaveDuplicates();
        assertThat(told.delivered).isSortedAccordingTo(RunHistoryTest::byNumber);
        assertThat(Stream.of(told.waiting, told.delivered, told.expired).flatMap(List::stream))
                .hasSize(told.added)
                .doesNotHaveDuplicates();
    }

    private static int byNumber(String one, String other) {
        return Integer.compare(Integer.parseInt(one.substring(1)), Integer.parseInt(other.substring(1)));
    }
}
