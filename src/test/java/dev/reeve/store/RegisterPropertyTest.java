package dev.reeve.store;

import dev.reeve.model.OwnerKey;
import dev.reeve.model.RegisterEntry;
import dev.reeve.model.Slug;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import static org.assertj.core.api.Assertions.assertThat;

class RegisterPropertyTest {

    private static final OwnerKey OWNER = new OwnerKey("dave");

    private static RegisterDocument parse(byte[] bytes) throws IOException {
        var file = Files.createTempFile("register", ".json");
        try {
            Files.write(file, bytes);
            return document(RegisterDocument.read("register", FileContent.read(file, Registers.LARGEST)));
        } finally {
            Files.delete(file);
        }
    }

    private static RegisterDocument document(RegisterDocument.Reading reading) {
        if (reading instanceof RegisterDocument.Sane(var document)) {
            return document;
        }
        throw new AssertionError(reading.toString());
    }

    @Property(tries = 100)
    void whatIsWrittenIsRead(@ForAll("entries") List<RegisterEntry> entries) throws IOException {
        var wanted = bySlug(entries);
        var document = parse(RegisterDocument.empty().with(wanted).bytes(OWNER));
        assertThat(document.known()).isEqualTo(wanted);
        assertThat(document.complaints()).isEmpty();
    }

    @Property(tries = 100)
    void fromAnyRegisterToAnyOtherNothingUnknownIsLost(@ForAll("entries") List<RegisterEntry> before,
            @ForAll("entries") List<RegisterEntry> after, @ForAll("json") Json unknown) throws IOException {
        var first = RegisterDocument.empty().with(bySlug(before));
        var head = new LinkedHashMap<>(first.head());
        head.put("unknown", unknown);
        var raw = new LinkedHashMap<>(first.entries());
        raw.put("No Slug", unknown);
        var odd = new LinkedHashMap<String, Json>();
        odd.put("unknown", unknown);
        raw.put("odd", new Json.Obj(odd));
        var members = new LinkedHashMap<>(head);
        members.put("schema", new Json.Num("1"));
        members.put("entries", new Json.Obj(raw));
        var start = parse(JsonText.write(new Json.Obj(members)));

        var wanted = new LinkedHashMap<>(bySlug(after));
        var kept = Objects.requireNonNull(start.known().get(new Slug("odd")));
        wanted.put(kept.slug(), kept);
        var end = parse(start.with(wanted).bytes(OWNER));
        assertThat(end.known()).isEqualTo(wanted);
        assertThat(end.head().get("unknown")).isEqualTo(unknown);
        assertThat(end.entries().get("No Slug")).isEqualTo(unknown);
        assertThat(end.entries().get("odd")).isEqualTo(new Json.Obj(odd));
    }

    @Property(tries = 100)
    void writingTwiceGivesTheSameBytes(@ForAll("entries") List<RegisterEntry> entries) throws IOException {
        var bytes = RegisterDocument.empty().with(bySlug(entries)).bytes(OWNER);
        assertThat(parse(bytes).bytes(OWNER)).isEqualTo(bytes);
    }

    @Property(tries = 100)
    void mergingIsIdempotentAndKeepsEverySlug(@ForAll("entries") List<RegisterEntry> ours,
            @ForAll("entries") List<RegisterEntry> theirs) {
        var a = RegisterDocument.empty().with(bySlug(ours));
        var b = RegisterDocument.empty().with(bySlug(theirs));
        var merged = a.mergedWith(b);
        assertThat(merged.mergedWith(b)).isEqualTo(merged);
        assertThat(merged.known().keySet()).containsAll(a.known().keySet()).containsAll(b.known().keySet());
    }

    @Property(tries = 200)
    void noBytesMakeTheReaderThrow(@ForAll byte[] bytes, @ForAll("json") Json json) throws IOException {
        var text = JsonText.write(json);
        var broken = new String(text, StandardCharsets.UTF_8).substring(0, text.length / 3)
                .getBytes(StandardCharsets.UTF_8);
        Path file = Files.createTempFile("register", ".json");
        for (var input : List.of(bytes, text, broken)) {
            Files.write(file, input);
            assertThat(RegisterDocument.read("x", FileContent.read(file, Registers.LARGEST))).isNotNull();
        }
        Files.delete(file);
    }

    @Provide
    Arbitrary<List<RegisterEntry>> entries() {
        var slug = Arbitraries.strings()
                .withChars("ab-9")
                .ofMinLength(1)
                .ofMaxLength(4)
                .filter(text -> Slug.parse(text).isPresent())
                .map(Slug::new);
        var time = Arbitraries.longs()
                .between(-1_000_000_000_000L, 100_000_000_000_000L)
                .map(Instant::ofEpochMilli)
                .injectNull(0.3);
        var paths = Combinators.combine(text(), text(), text(), text());
        var times = Combinators.combine(time, time, time);
        var attempts = Arbitraries.integers().between(0, Integer.MAX_VALUE);
        var number = Arbitraries.integers().between(1, Integer.MAX_VALUE).injectNull(0.3);
        return Combinators
                .combine(slug, paths.as(List4::new), times.as(List3::new), attempts, number)
                .as((s, p, t, a, n) -> new RegisterEntry(s, p.a, p.b, p.c, t.a, t.b, t.c, a, p.d, n))
                .list()
                .ofMaxSize(6);
    }

    private record List4(@Nullable String a, @Nullable String b,
            @Nullable String c, @Nullable String d) {}

    private record List3(@Nullable Instant a, @Nullable Instant b,
            @Nullable Instant c) {}

    /** Any text but halves of surrogate pairs. */
    private static Arbitrary<@Nullable String> text() {
        return Arbitraries.strings()
                .all()
                .ofMaxLength(20)
                .map(text -> new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .injectNull(0.2);
    }

    @Provide
    Arbitrary<Json> json() {
        Arbitrary<Json> leaf = Arbitraries.oneOf(Arbitraries.of(Json.Literal.values()),
                Arbitraries.strings()
                        .all()
                        .ofMaxLength(10)
                        .map(text -> new Json.Str(
                                new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))),
                Arbitraries.of("0", "-0", "1.10", "1e5", "1E-400", "123456789012345678901234567890")
                        .map(Json.Num::new));
        return Arbitraries.recursive(() -> leaf, inner -> Arbitraries.oneOf(
                inner.list().ofMaxSize(3).map(items -> new Json.Arr(new ArrayList<>(items))),
                inner.list().ofMaxSize(3).map(RegisterPropertyTest::object)), 0, 3);
    }

    private static Json object(List<Json> values) {
        var members = new LinkedHashMap<String, Json>();
        values.forEach(value -> members.put("key " + members.size() + " \"\n\\", value));
        return new Json.Obj(members);
    }

    private static Map<Slug, RegisterEntry> bySlug(List<RegisterEntry> entries) {
        var map = new LinkedHashMap<Slug, RegisterEntry>();
        entries.forEach(entry -> map.put(entry.slug(), entry));
        return map;
    }
}
