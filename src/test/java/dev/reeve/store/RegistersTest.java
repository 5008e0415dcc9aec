package dev.reeve.store;

import dev.reeve.model.OwnerKey;
import dev.reeve.model.RegisterEntry;
import dev.reeve.model.Signal;
import dev.reeve.model.SignalKind;
import dev.reeve.model.Slug;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RegistersTest {

    private static final Instant NOW = Instant.parse("2026-03-27T10:15:30Z");
    private static final OwnerKey DAVE = new OwnerKey("dave");

    @TempDir
    Path checkout;
    private Path file;
    private Registers registers;

    @BeforeEach
    void registers() {
        file = checkout.resolve(".tasks/task_manager/task-manager-dave.register.json");
        registers = new Registers(new StateFolder(checkout, InstantSource.fixed(NOW)));
    }

    private static RegisterEntry entry(String slug) {
        return new RegisterEntry(new Slug(slug), "tasks/" + slug + ".md", "/work/" + slug, "task/" + slug, NOW, null,
                null, 1, "run-1", 12);
    }

    private void given(String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void noFileIsAnEmptyRegisterAndReadingMakesNone() throws IOException {
        assertThat(registers.read(DAVE)).isEqualTo(new Register.Loaded(Map.of(), List.of()));
        assertThat(registers.owners()).isEmpty();
        assertThat(checkout).isEmptyDirectory();
    }

    @Test
    void anEntryThatIsPutIsReadAndStandsInTheFileAsTheFormatSays() throws IOException {
        registers.put(DAVE, entry("fix-login"));
        assertThat(registers.read(DAVE).entries())
                .containsExactly(Map.entry(new Slug("fix-login"), entry("fix-login")));
        assertThat(registers.owners()).containsExactly(DAVE);
        assertThat(file).hasContent("""
                {
                  "schema": 1,
                  "owner": "dave",
                  "entries": {
                    "fix-login": {
                      "slug": "fix-login",
                      "task_path": "tasks/fix-login.md",
                      "worktree_path": "/work/fix-login",
                      "branch": "task/fix-login",
                      "registered_at": "2026-03-27T10:15:30Z",
                      "attempts": 1,
                      "run_id": "run-1",
                      "pr_number": 12
                    }
                  }
                }
                """);
    }

    @Test
    void theFolderHidesItselfFromGit() throws IOException {
        registers.put(DAVE, entry("a"));
        assertThat(file.resolveSibling(".gitignore")).hasContent("*\n");
    }

    @Test
    void whatThisVersionDoesNotKnowComesThroughAnUpdate() throws IOException {
        given("""
                {"schema":1,"note":{"x":[1.10,1e5,-0,true,null,"ü\\u0001"]},"owner":"dave","entries":{
                  "a":{"slug":"a","attempts":"three","colour":"red","big":123456789012345678901234567890},
                  "Not A Slug":{"kept":true},"b":7},"last":"x"}""");
        var update = registers.put(DAVE, entry("c"));
        assertThat(update.signals()).extracting(Signal::message)
                .hasSize(3)
                .anyMatch(m -> m.contains("attempts"))
                .anyMatch(m -> m.contains("no slug"))
                .anyMatch(m -> m.contains("no object"));
        assertThat(update.signals()).extracting(Signal::kind).containsOnly(SignalKind.STATE_FILE_CORRUPT);
        var text = Files.readString(file).replaceAll("\\s+", "");
        assertThat(text).contains("\"note\":{\"x\":[1.10,1e5,-0,true,null,\"ü\\u0001\"]}")
                .contains("\"attempts\":\"three\",\"colour\":\"red\",\"big\":123456789012345678901234567890")
                .contains("\"NotASlug\":{\"kept\":true}")
                .contains("\"b\":7")
                .contains("\"last\":\"x\"");
        assertThat(registers.read(DAVE).entries()).containsOnlyKeys(new Slug("a"), new Slug("c"));
    }

    @Test
    void aChangedEntryKeepsItsUnknownKeysAndTheSpellingOfUnchangedOnes() throws IOException {
        given("""
                {"schema":1,"owner":"dave","entries":{"a":{"slug":"a","branch":"x","colour":"red",
                "registered_at":"2026-03-27T12:15:30+02:00","started_at":"2026-03-27T10:15:30.5"}}}""");
        var before = registers.read(DAVE).entries().get(new Slug("a"));
        assertThat(before).isNotNull();
        assertThat(before.registeredAt()).isEqualTo(NOW);
        assertThat(before.startedAt()).isEqualTo(NOW.plusMillis(500));
        registers.put(DAVE, new RegisterEntry(before.slug(), "tasks/a.md", null, null, before.registeredAt(), null,
                before.startedAt(), 2, null, null));
        assertThat(Files.readString(file).replaceAll("\\s+", "")).contains("""
                "a":{"slug":"a","colour":"red","registered_at":"2026-03-27T12:15:30+02:00",\
                "started_at":"2026-03-27T10:15:30.5","task_path":"tasks/a.md","attempts":2}""");
    }

    @Test
    void theOlderBareMapIsReadAndBecomesTheNewFormWhenItChanges() throws IOException {
        given("""
                {"schema":{"slug":"schema","branch":"x"},"entries":{"slug":"entries","attempts":2},"a":{"odd":1}}""");
        var bare = Files.readString(file);
        assertThat(registers.read(DAVE).entries()).containsOnlyKeys(new Slug("schema"), new Slug("entries"),
                new Slug("a"));
        assertThat(registers.update(DAVE, entries -> entries)).isInstanceOf(RegisterUpdate.Unchanged.class);
        assertThat(file).hasContent(bare);
        registers.put(DAVE, entry("b"));
        assertThat(Files.readString(file)).contains("\"schema\": 1").contains("\"odd\": 1");
        assertThat(registers.read(DAVE).entries()).containsOnlyKeys(new Slug("schema"), new Slug("entries"),
                new Slug("a"), new Slug("b"));
    }

    @Test
    void anUpdateThatChangesNothingTouchesNothing() throws IOException {
        registers.put(DAVE, entry("a"));
        var then = FileTime.from(NOW);
        Files.setLastModifiedTime(file, then);
        var key = Files.getAttribute(file, "unix:ino");
        assertThat(registers.put(DAVE, entry("a"))).isInstanceOf(RegisterUpdate.Unchanged.class);
        assertThat(registers.remove(DAVE, List.of(entry("z")))).isInstanceOf(RegisterUpdate.Unchanged.class);
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(then);
        assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(key);
    }

    @Test
    void onlyAnEntryThatIsStillAsItWasSeenIsRemoved() throws IOException {
        registers.put(DAVE, entry("a"));
        registers.put(DAVE, entry("b"));
        var claimedAgain = new RegisterEntry(new Slug("a"), null, null, null, NOW, null, null, 2, "run-2", null);
        registers.put(DAVE, claimedAgain);
        assertThat(registers.remove(DAVE, List.of(entry("a"), entry("b")))).isInstanceOf(RegisterUpdate.Written.class);
        assertThat(registers.read(DAVE).entries()).containsExactly(Map.entry(new Slug("a"), claimedAgain));
    }

    @Test
    void aRegisterOfANewerReeveIsRefusedAndLeft() throws IOException {
        var text = "{\"schema\":2,\"owner\":\"dave\",\"entries\":[]}";
        given(text);
        assertThat(registers.read(DAVE)).isInstanceOfSatisfying(Register.Untouchable.class,
                register -> assertThat(register.signal().message()).contains("newer Reeve (schema 2")
                        .contains("Upgrade"));
        assertThat(registers.put(DAVE, entry("a"))).isInstanceOf(RegisterUpdate.Refused.class);
        assertThat(file).hasContent(text);
        assertThat(names()).noneMatch(name -> name.contains("corrupt"));
    }

    @Test
    void whatIsNoRegisterIsReportedByAReaderAndSetAsideByAWriter() throws IOException {
        var deep = "[".repeat(5000);
        for (var text : List.of("", "{", "nonsense", "[]", "7", "{\"schema\":1}", "{\"schema\":\"1\",\"entries\":{}}",
                "{\"schema\":0,\"entries\":{}}", "{\"schema\":1,\"entries\":[]}", "{\"schema\":1.5,\"entries\":{}}",
                "{\"a\":{},\"a\":{}}", "{\"a\":{}} trailing", "{\"a\":" + deep, "{\"a\":{\"x\":\"\\ud800\"}}",
                "{\"a\":{\"x\":NaN}}", "{\"a\":{\"x\":" + "9".repeat(2000) + "}}", "\0\0\0\0")) {
            given(text);
            assertThat(registers.read(DAVE)).as(text).isInstanceOf(Register.Corrupt.class);
            assertThat(file).as("left by a reader").hasContent(text);
            var update = registers.put(DAVE, entry("a"));
            assertThat(update.signals()).singleElement().satisfies(signal -> {
                assertThat(signal.kind()).isEqualTo(SignalKind.STATE_FILE_CORRUPT);
                assertThat(signal.message()).contains("set aside as").doesNotContain("\n").hasSizeLessThan(500);
            });
            assertThat(registers.read(DAVE).entries()).containsOnlyKeys(new Slug("a"));
            assertThat(aside()).hasSize(1).allSatisfy(one -> assertThat(one).hasContent(text));
            Files.delete(aside().getFirst());
        }
    }

    @Test
    void textThatIsNoUtf8IsCorrupt() throws IOException {
        given("");
        Files.write(file, "{\"a\":{\"x\":\"\u00fc\"}}".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(registers.read(DAVE)).isInstanceOf(Register.Corrupt.class);
    }

    @Test
    void whatWasSetAsideInTheSameSecondIsNotOverwritten() throws IOException {
        for (var text : List.of("one", "two", "three")) {
            given(text);
            registers.update(DAVE, entries -> entries);
        }
        assertThat(aside()).hasSize(3);
        assertThat(names()).contains("task-manager-dave.register.json.corrupt-20260327T101530Z",
                "task-manager-dave.register.json.corrupt-20260327T101530Z-3");
    }

    @Test
    void aHugeFileIsNotReadToItsEnd() throws IOException {
        given("");
        try (var huge = new RandomAccessFile(file.toFile(), "rw")) {
            huge.setLength(1L << 40);
        }
        assertThat(registers.read(DAVE)).isInstanceOf(Register.Corrupt.class);
        assertThat(registers.put(DAVE, entry("a"))).isInstanceOf(RegisterUpdate.Written.class);
        Files.delete(aside().getFirst());
    }

    @Test
    void manyKeysOfOneHashAreReadLikeOthers() throws IOException {
        var keys = new StringBuilder("{");
        for (int i = 0; i < 1 << 12; i++) {
            var key = new StringBuilder();
            for (int bit = 0; bit < 12; bit++) {
                key.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            keys.append(i == 0 ? "" : ",").append('"').append(key).append("\":{}");
        }
        given(keys.append('}').toString());
        assertThat(registers.read(DAVE)).isInstanceOf(Register.Loaded.class);
        assertThat(registers.read(DAVE).signals()).hasSize(1 << 12);
    }

    @Test
    void aLinkInPlaceOfTheFileIsNeitherReadNorWritten() throws IOException {
        var outside = Files.writeString(Files.createTempFile("outside", ".json"), "{\"a\":{}}");
        Files.createDirectories(file.getParent());
        Files.createSymbolicLink(file, outside);
        assertThat(registers.read(DAVE)).isInstanceOf(Register.Untouchable.class);
        assertThat(registers.put(DAVE, entry("b"))).isInstanceOf(RegisterUpdate.Refused.class);
        assertThat(outside).hasContent("{\"a\":{}}");
        Files.delete(outside);
    }

    @Test
    void aStateFolderThatLeadsOutOfTheCheckoutIsRefused(@TempDir Path outside) throws IOException {
        Files.createSymbolicLink(checkout.resolve(".tasks"), outside);
        assertThatThrownBy(() -> registers.put(DAVE, entry("a"))).hasMessageContaining("no folder inside");
        assertThat(outside).isEmptyDirectory();
        Files.createDirectory(outside.resolve("task_manager"));
        assertThatThrownBy(() -> registers.read(DAVE)).hasMessageContaining("no folder inside");
    }

    @Test
    void anEntryUnderAnotherSlugsKeyIsAProgrammersError() {
        assertThatThrownBy(() -> registers.update(DAVE, entries -> Map.of(new Slug("b"), entry("a"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(file).doesNotExist();
    }

    private List<Path> aside() throws IOException {
        try (var entries = Files.list(file.getParent())) {
            return entries.filter(entry -> entry.toString().contains(".corrupt-")).toList();
        }
    }

    private List<String> names() throws IOException {
        try (var entries = Files.list(file.getParent())) {
            return entries.map(entry -> String.valueOf(entry.getFileName())).toList();
        }
    }
}
