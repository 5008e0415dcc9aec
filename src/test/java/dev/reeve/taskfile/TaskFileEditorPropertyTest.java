package dev.reeve.taskfile;

import dev.reeve.model.TaskPath;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class TaskFileEditorPropertyTest {

    private static final TaskPath PATH = new TaskPath("tasks/fix-login.md");
    private static final Duration SOON = Duration.ofSeconds(5);

    @Property(tries = 1500, edgeCases = EdgeCasesMode.NONE)
    void anEditChangesItsKeysLineOnlyAndReadsAsMeant(@ForAll("files") GeneratedFile file, @ForAll("keys") String key,
            @ForAll("values") Value value) {
        var before = file.content();
        var edit = TaskFileEditor.set(PATH, before, changes(key, value));
        Statistics.label("edit")
                .collect(edit.getClass().getSimpleName(), file.line(key).isPresent() ? "replaced" : "new");
        switch (edit) {
            case Edit.Edited edited -> {
                assertOneLineDiffers(before, edited.content(), key);
                assertMeans(edited.content(), key, value);
                assertThat(TaskFileEditor.set(PATH, edited.content(), changes(key, value)))
                        .isEqualTo(new Edit.Unchanged());
            }
            case Edit.Unchanged() -> assertThat(file.line(key)).isPresent();
            case Edit.Refused(var fault) -> assertThat(file.line(key))
                    .as("%s", fault)
                    .hasValueSatisfying(line -> assertThat(line.form()).isEqualTo(GeneratedFile.Form.NOT_EDITABLE));
        }
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void severalKeysAreSetTogetherAsOneAfterTheOther(@ForAll("files") GeneratedFile file,
            @ForAll("values") Value value) {
        var changes = changes("status", Value.of("completed"));
        changes.put("pr_number", Value.of(7));
        changes.put("completed_by", value);
        changes.put("merge_commit", Value.of("1".repeat(40)));
        var oneByOne = file.content();
        for (var change : changes.entrySet()) {
            if (TaskFileEditor.set(PATH, oneByOne,
                    changes(change.getKey(), change.getValue())) instanceof Edit.Edited edited) {
                oneByOne = edited.content();
            }
        }
        if (TaskFileEditor.set(PATH, file.content(), changes) instanceof Edit.Edited edited) {
            assertThat(sorted(edited.content())).isEqualTo(sorted(oneByOne));
        }
    }

    @Property(tries = 1500, edgeCases = EdgeCasesMode.NONE)
    void whateverTheBytesNothingIsThrownAndOnlyTheFrontmatterIsTouched(@ForAll("mutants") byte[] content,
            @ForAll("keys") String key, @ForAll("values") Value value) {
        var copy = content.clone();
        var reading = assertTimeoutPreemptively(SOON, () -> TaskFileReader.read(PATH, content));
        Statistics.label("reading").collect(reading.getClass().getSimpleName());
        assertTimeoutPreemptively(SOON, () -> {
            if (TaskFileEditor.set(PATH, content, changes(key, value)) instanceof Edit.Edited edited
                    && Fences.find(content) instanceof Fences.Found found) {
                assertThat(edited.content()).startsWith(Arrays.copyOf(content, found.start()))
                        .endsWith(Arrays.copyOfRange(content, found.end(), content.length));
                assertThat(TaskFileEditor.set(PATH, edited.content(), changes(key, value)))
                        .isEqualTo(new Edit.Unchanged());
            }
        });
        assertThat(content).isEqualTo(copy);
    }

    private static void assertOneLineDiffers(byte[] before, byte[] after, String key) {
        var old = GeneratedFile.linesOf(before);
        var now = new ArrayList<>(GeneratedFile.linesOf(after));
        int first = IntStream.range(0, now.size())
                .filter(i -> !now.get(i).equals(old.get(i)))
                .findFirst()
                .orElseThrow();
        assertThat(now.get(first)).startsWith(key + ":");
        if (now.size() > old.size()) {
            assertThat(now.get(first)).endsWith(now.getFirst().endsWith("\r\n") ? "\r\n" : "\n");
            now.remove(first);
        } else {
            now.set(first, old.get(first));
        }
        assertThat(now).isEqualTo(old);
    }

    /** By a YAML 1.1 reader of its own: the key's value has the type and the text that were meant. */
    private static void assertMeans(byte[] content, String key, Value value) {
        var text = new String(content, StandardCharsets.UTF_8);
        var yaml = text.substring(text.indexOf("---") + 3, text.indexOf("\n---")) + "\n";
        var found = ((MappingNode) new Yaml().compose(new StringReader(yaml))).getValue()
                .stream()
                .filter(pair -> ((ScalarNode) pair.getKeyNode()).getValue().equals(key))
                .findFirst()
                .orElseThrow()
                .getValueNode();
        switch (value) {
            case Value.OfText meant -> assertString((ScalarNode) found, meant.text());
            case Value.OfNumber meant -> {
                assertThat(found.getTag()).isEqualTo(Tag.INT);
                assertThat(((ScalarNode) found).getValue()).isEqualTo(Long.toString(meant.number()));
            }
            case Value.OfTexts meant -> {
                var items = ((SequenceNode) found).getValue();
                assertThat(items).hasSameSizeAs(meant.texts());
                IntStream.range(0, items.size())
                        .forEach(i -> assertString((ScalarNode) items.get(i), meant.texts().get(i)));
            }
        }
    }

    private static void assertString(ScalarNode node, String meant) {
        assertThat(node.getValue()).isEqualTo(meant);
        assertThat(node.getTag()).isEqualTo(Tag.STR);
    }

    private static List<String> sorted(byte[] content) {
        return GeneratedFile.linesOf(content).stream().sorted().toList();
    }

    private static SequencedMap<String, Value> changes(String key, Value value) {
        var changes = new LinkedHashMap<String, Value>();
        changes.put(key, value);
        return changes;
    }

    @Provide
    static Arbitrary<GeneratedFile> files() {
        return GeneratedFile.any();
    }

    @Provide
    static Arbitrary<String> keys() {
        return Arbitraries.of("status", "title", "depends_on", "pr_number", "completed_by", "x", "new_key");
    }

    @Provide
    static Arbitrary<Value> values() {
        return Arbitraries.oneOf(GeneratedFile.texts().map(Value::of),
                Arbitraries.integers().between(1, 99999).map(Value::of),
                GeneratedFile.texts().list().ofMaxSize(3).map(Value::of),
                Arbitraries.of("ready", "a", "b").map(Value::of));
    }

    /** Generated files with some bytes cut out, doubled or overwritten. */
    @Provide
    static Arbitrary<byte[]> mutants() {
        var instead = Arbitraries.oneOf(
                Arbitraries.strings().withChars("-:[]{}&*!|>'\"%@`#?, \n\r\t\0\\a0~<=").ofMaxLength(4),
                Arbitraries.strings().withCharRange('\0', '\u00FF').ofMaxLength(4));
        var where = Arbitraries.integers().between(0, 200).withDistribution(RandomDistribution.uniform());
        var cut = Combinators
                .combine(where, Arbitraries.integers().between(0, 6), instead)
                .as(Cut::new);
        var mutated = Combinators.combine(files(), cut.list().ofMaxSize(4)).as((file, cuts) -> {
            var content = file.content();
            for (var one : cuts) {
                content = one.applied(content);
            }
            return content;
        });
        return Arbitraries.frequencyOf(Tuple.of(15, mutated),
                Tuple.of(1, Arbitraries.bytes().array(byte[].class).ofMaxSize(60)));
    }

    /** @param instead what comes in, a char for each byte */
    private record Cut(int where, int length, String instead) {

        byte[] applied(byte[] content) {
            var text = new String(content, StandardCharsets.ISO_8859_1);
            int from = Math.min(4 + where, content.length);
            int to = Math.min(content.length, from + length);
            return (text.substring(0, from) + instead + text.substring(to)).getBytes(StandardCharsets.ISO_8859_1);
        }
    }
}
