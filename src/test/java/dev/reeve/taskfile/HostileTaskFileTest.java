package dev.reeve.taskfile;

import dev.reeve.model.Fault;
import dev.reeve.model.SignalKind;
import dev.reeve.model.TaskPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Files that are made to harm the reader. Each has its fault soon. */
class HostileTaskFileTest {

    private static final TaskPath PATH = new TaskPath("tasks/fix-login.md");
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final int ROOM = 64_000;

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void aHostileFileIsAFaultSoonAndIsNotEditedWhileBroken(String name, String yaml, String message) {
        var content = file(yaml).getBytes(StandardCharsets.UTF_8);
        assertTimeoutPreemptively(SOON, () -> {
            assertThat(TaskFileReader.read(PATH, content)).as(name)
                    .isInstanceOfSatisfying(Reading.Invalid.class, invalid -> {
                        assertThat(invalid.faults()).extracting(Fault::message)
                                .anySatisfy(told -> assertThat(told).contains(message));
                        assertThat(invalid.faults()).hasSizeLessThanOrEqualTo(110);
                        assertThat(invalid.faults().toString()).doesNotContain("\n", "\0", "\u001b");
                    });
            var changes = new LinkedHashMap<String, Value>();
            changes.put("status", Value.of("completed"));
            var edit = TaskFileEditor.set(PATH, content, changes);
            if (Parsed.of(PATH, content) instanceof Parsed.Broken(var fault)) {
                assertThat(edit).isEqualTo(new Edit.Refused(fault));
            }
        });
    }

    static Stream<Arguments> files() {
        return Stream.concat(bombs(), oddities());
    }

    private static Stream<Arguments> bombs() {
        var laughs = IntStream.range(1, 30)
                .mapToObj(i -> "x" + i + ": &x" + i + " [" + ("*x" + (i - 1) + ",").repeat(9) + "*x" + (i - 1) + "]\n")
                .collect(Collectors.joining("", "x0: &x0 [lol]\n", "title: *x29\nstatus: *x29\n"));
        var keys = IntStream.range(0, 9000).mapToObj(i -> "k" + i + ":\n").collect(Collectors.joining());
        return Stream.of(arguments("alias bomb", laughs, "title must be a text, not an alias"),
                arguments("deep flow lists", "x: " + "[".repeat(ROOM), "nested deeper"),
                arguments("deep flow maps", "x: " + "{a: ".repeat(ROOM / 5), "nested deeper"),
                arguments("deep block lists", "x: " + "- ".repeat(ROOM / 2), "not valid YAML"),
                arguments("deep indented lists", "- ".repeat(ROOM / 2), "nested deeper"),
                arguments("deep block maps", indented(300), "nested deeper"),
                arguments("deep complex keys", "? ".repeat(ROOM / 2), "nested deeper"),
                arguments("duplicates", "a: 1\n".repeat(ROOM / 5), "a second time"),
                arguments("nested duplicates", "x: {" + "a: 1, ".repeat(ROOM / 7) + "}", "a second time"),
                arguments("many keys", keys + "k0:\n", "a second time"),
                arguments("many bad dependencies", "depends_on: [" + "X,".repeat(ROOM / 2 - 10) + "]\n\"status\":",
                        "is no slug"),
                arguments("10 MB", "x: " + "y".repeat(10 << 20), "larger than 1 MiB"),
                arguments("over 64 KiB", "x: y\n".repeat(14_000), "larger than 64 KiB"),
                arguments("many anchors", "x: " + "&a ".repeat(ROOM / 4), "not valid YAML"),
                arguments("many tags", "x: " + "!a ".repeat(ROOM / 4), "tags"),
                arguments("long key", "k".repeat(ROOM - 10) + ": x", "lines of key: value"),
                arguments("many quotes", "'".repeat(ROOM), "lines of key: value"),
                arguments("many lines of one value", "title: a\n" + "  a\n".repeat(ROOM / 5) + "status: [",
                        "not valid YAML"));
    }

    private static Stream<Arguments> oddities() {
        return Stream.of(arguments("class tag", "title: !!javax.script.ScriptEngineManager [a]", "tags"),
                arguments("local tag", "x: !ruby/object:Gem::Installer\n  i: x", "tags"),
                arguments("tag on the root", "!!java.util.Date\ntitle: x", "tags"),
                arguments("bad tag", "title: !<%zz> x", "not valid YAML"),
                arguments("merge", "x: &x {title: a}\n<<: *x", "merge keys"),
                arguments("undefined alias", "title: *x", "anchor that is not defined"),
                arguments("self reference", "x: &x [*x]\ntitle: &t [*t]", "not a list"),
                arguments("several documents", "title: x\n--- # second\ntitle: y", "second YAML document"),
                arguments("document end", "title: x\n...\nstatus: ready", "not valid YAML"),
                arguments("directive", "%YAML 9.9\ntitle: x", "not valid YAML"),
                arguments("huge directive", "%YAML 99999999999999999999.1\n--- \ntitle: x", ""),
                arguments("scalar", "just text", "lines of key: value"),
                arguments("list", "- a", "lines of key: value"),
                arguments("NUL", "title: a\0b", "\\u{0}"), arguments("escape", "title: \u001b[31m", "\\u{1b}"),
                arguments("tab", "\ttitle: x", "TAB"), arguments("tab in a list", "x:\n\t- a", "TAB"),
                arguments("escaped NUL", "title: \"a\\0b\"\nstatus: [", ""),
                arguments("impossible character", "title: \"\\UFFFFFFFF\"", "not valid YAML"),
                arguments("unclosed quote", "title: \"x", "not valid YAML"),
                arguments("line separator", "title: a\u2028status: b: c", "not valid YAML"),
                arguments("break in an alias", "x: *\u2028", "not valid YAML"));
    }

    private static String indented(int depth) {
        return IntStream.range(0, depth).mapToObj(i -> " ".repeat(i) + "a:\n").collect(Collectors.joining());
    }

    private static String file(String yaml) {
        return "---\n" + yaml + "\n---\nbody\n";
    }

    @Test
    void anUnclosedFenceIsAFault() {
        assertFault("---\ntitle: x\nstatus: ready\n", StandardCharsets.UTF_8, "not closed");
        assertFault("---\n", StandardCharsets.UTF_8, "not closed");
        assertFault("---\n" + "x\n".repeat(400_000), StandardCharsets.UTF_8, "not closed");
    }

    @Test
    void utf16IsAFault() {
        assertFault("\uFEFF---\ntitle: x\n---\n", StandardCharsets.UTF_16LE, "UTF-16");
        assertFault("\uFEFF---\ntitle: x\n---\n", StandardCharsets.UTF_16BE, "UTF-16");
    }

    @Test
    void aHostileBodyIsReadSoon() {
        var head = "---\ntitle: x\nstatus: ready\n---\n## QA Exploration\n- [ ] a\n";
        Stream.of("##" + " ".repeat(900_000) + "#", "`".repeat(900_000) + "x`", "- " + " ".repeat(900_000) + "[ ]x",
                "- [ ]" + "\t ".repeat(450_000), "#".repeat(900_000), "- [ ] a\n".repeat(110_000), "\r".repeat(900_000),
                "1".repeat(900_000) + ". [ ]", "## #" + " #".repeat(450_000), "\n".repeat(900_000))
                .forEach(body -> assertTimeoutPreemptively(SOON, () -> assertThat(
                        TaskFileReader.read(PATH, (head + body).getBytes(StandardCharsets.UTF_8)))
                        .isInstanceOfSatisfying(Reading.Valid.class,
                                valid -> assertThat(valid.task().openBoxes()).startsWith("a"))));
    }

    private static void assertFault(String content, Charset charset, String message) {
        assertTimeoutPreemptively(SOON, () -> assertThat(TaskFileReader.read(PATH, content.getBytes(charset)))
                .isInstanceOfSatisfying(Reading.Invalid.class, invalid -> {
                    assertThat(invalid.faults()).singleElement()
                            .satisfies(fault -> assertThat(fault.message()).contains(message));
                    assertThat(invalid.faults().getFirst().kind()).isEqualTo(SignalKind.INVALID_FRONTMATTER);
                }));
    }
}
