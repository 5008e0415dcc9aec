package dev.reeve.store;

import dev.reeve.model.BranchName;
import dev.reeve.model.CatalogEntry;
import dev.reeve.model.Fault;
import dev.reeve.model.Place;
import dev.reeve.model.Priority;
import dev.reeve.model.SignalKind;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskPath;
import dev.reeve.model.TaskStatus;
import dev.reeve.model.TaskSummary;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class CatalogLineTest {

    private static final TaskPath PATH = new TaskPath("tasks/über/fix-login.md");
    private static final FileStamp STAMP = new FileStamp(FileStamp.Kind.FILE, 7, -1, Long.MAX_VALUE, 3);

    @Property
    void whatIsWrittenIsRead(@ForAll("files") KnownFile file) {
        var line = new StringBuilder();
        CatalogLine.append(line, file);
        var bytes = line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
        var lines = new TabbedLines(bytes, bytes.length);
        assertThat(lines.advance()).isTrue();
        assertThat(CatalogLine.read(lines, new Shared())).isEqualTo(file);
        assertThat(lines.advance()).isFalse();
    }

    @Property
    void anyOtherLineIsRefusedAsSuchOrIsAFile(@ForAll("noise") String noise) {
        var bytes = (noise + "\n").getBytes(StandardCharsets.UTF_8);
        var lines = new TabbedLines(bytes, bytes.length);
        try {
            assertThat(lines.advance()).isTrue();
            assertThat(CatalogLine.read(lines, new Shared()).path()).isNotNull();
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessage(e.getMessage());
        }
    }

    @Provide
    Arbitrary<String> noise() {
        return Arbitraries
                .of("\t", "tasks/a.md", "1", "-", "t", "f", "\\N", "\\", "READY", "P1", "99999999999999999999",
                        "x\n")
                .list()
                .ofMaxSize(40)
                .map(parts -> String.join("", parts));
    }

    private static Arbitrary<String> text() {
        return Arbitraries.strings().withChars("ab \t\n\r\\N\u0000ü€").ofMinLength(0).ofMaxLength(8);
    }

    @Provide
    Arbitrary<KnownFile> files() {
        return Arbitraries.oneOf(Arbitraries.just(Optional.<CatalogEntry>empty()), tasks(), faulty())
                .map(entry -> new KnownFile(PATH, STAMP, KnownFile.Trust.SETTLED, entry));
    }

    private static Arbitrary<Optional<CatalogEntry>> tasks() {
        var slug = PATH.slug().orElseThrow();
        var branch = Arbitraries.of(BranchName.ofTask(slug), new BranchName("other/branch"));
        return Combinators.combine(text(), Arbitraries.of(TaskStatus.class), Arbitraries.of(Priority.class),
                text().injectNull(0.3), text().injectNull(0.3),
                Arbitraries.of(new Slug("a"), new Slug("b-2")).list().ofMaxSize(3),
                branch, Arbitraries.integers().between(1, 9).injectNull(0.5))
                .as((title, status, priority, milestone, owner, needs, on, pr) -> Optional.of(new CatalogEntry.Valid(
                        new TaskSummary(slug, PATH, title, status, priority, milestone, owner, needs, on, pr, 3,
                                title.isEmpty(), Instant.ofEpochSecond(0, -1)))));
    }

    private static Arbitrary<Optional<CatalogEntry>> faulty() {
        return Combinators
                .combine(Arbitraries.of(SignalKind.class), Arbitraries.integers().between(1, 99), text())
                .as((kind, line, message) -> new Fault(kind, new Place(PATH.value(), line, 2), message))
                .list()
                .ofMaxSize(4)
                .map(faults -> Optional
                        .of(new CatalogEntry.Faulty(PATH.slug().orElseThrow(), PATH, List.copyOf(faults))));
    }
}
