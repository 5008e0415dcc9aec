package dev.reeve.store;

import dev.reeve.kit.Judged;
import dev.reeve.model.Bucket;
import dev.reeve.model.Incident;
import dev.reeve.model.Judgement;
import dev.reeve.model.OwnerKey;
import dev.reeve.model.Place;
import dev.reeve.model.Severity;
import dev.reeve.model.Signal;
import dev.reeve.model.SignalKind;
import dev.reeve.model.Slug;
import dev.reeve.model.SnapshotHead;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import static org.assertj.core.api.Assertions.assertThat;

class SnapshotPropertyTest {

    private static final OwnerKey OWNER = new OwnerKey("dave");

    @Property(tries = 200)
    void whatIsWrittenIsRead(@ForAll("heads") SnapshotHead head, @ForAll("texts") List<String> titles)
            throws IOException, JsonText.NotJson {
        var tasks = titles.stream().map(title -> Judged.of("task", Bucket.READY, title)).toList();
        var bytes = written(head, tasks);
        assertThat(SnapshotReader.head("f", JsonText.membersBefore("tasks", new ByteArrayInputStream(bytes)), OWNER))
                .isEqualTo(new SnapshotReading.Known(head));
        try (var rows = SnapshotRows.of(new ByteArrayInputStream(bytes))) {
            for (var title : titles) {
                var intent = Objects.requireNonNull(rows.next(_ -> true).orElseThrow().intent());
                assertThat(intent.title()).isEqualTo(title);
            }
            assertThat(rows.next(_ -> true)).isEmpty();
        }
    }

    private static byte[] written(SnapshotHead head, List<Judgement> tasks) throws IOException {
        var out = new ByteArrayOutputStream();
        SnapshotWriter.write(out, head, tasks, new KeptRows());
        return out.toByteArray();
    }

    private static Arbitrary<String> text() {
        return Arbitraries.strings().withChars("ab \"\\{}[],:\n\t\u0000\u007f\u2028é€").ofMaxLength(12);
    }

    @Provide
    Arbitrary<List<String>> texts() {
        return text().list().ofMaxSize(5);
    }

    private static Arbitrary<Instant> times() {
        return Arbitraries.longs()
                .between(-1_000_000_000_000L, 4_000_000_000_000L)
                .map(millis -> Instant.ofEpochSecond(0, millis * 1_000_123));
    }

    private static Arbitrary<Signal> signals() {
        return Combinators
                .combine(Arbitraries.of(SignalKind.class), Arbitraries.of(Severity.class),
                        Arbitraries.of(new Slug("a"), new Slug("b")).injectNull(0.3), text(),
                        text().map(file -> new Place(file, 3, 9)).injectNull(0.5))
                .as(Signal::new);
    }

    private static Arbitrary<Incident> incidents() {
        return Combinators.combine(signals().list().ofMinSize(1).ofMaxSize(3), text())
                .as((signals, remedy) -> new Incident(new Slug("a"), signals, remedy));
    }

    private static Map<Bucket, Integer> counts(List<Integer> counts) {
        var map = new EnumMap<Bucket, Integer>(Bucket.class);
        var left = counts.iterator();
        for (var bucket : Bucket.values()) {
            map.put(bucket, left.next());
        }
        return map;
    }

    @Provide
    Arbitrary<SnapshotHead> heads() {
        var count = Arbitraries.integers().between(0, Integer.MAX_VALUE);
        var maybe = times().injectNull(0.3);
        return Combinators
                .combine(text(), times(), count.list().ofSize(Bucket.values().length), maybe, maybe,
                        text().injectNull(0.5), signals().list().ofMaxSize(3), incidents().list().ofMaxSize(3))
                .as((host, at, counts, paused, asked, failure, signals, incidents) -> new SnapshotHead(OWNER, host,
                        counts.getFirst(), at, Duration.ofMillis(counts.get(1)), Duration.ofMillis(counts.get(2)),
                        counts(counts), counts.get(3), counts.get(4),
                        new SnapshotHead.Limits(counts.get(5), counts.get(6)), paused, asked, failure, signals,
                        incidents));
    }
}
