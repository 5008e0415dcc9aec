package dev.reeve.dispatch;

import dev.reeve.config.UsageLimitPattern;
import dev.reeve.model.BranchName;
import dev.reeve.model.OwnerKey;
import dev.reeve.model.RunId;
import dev.reeve.store.RunRecord.Site;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RunOrderTest {

    private static byte[] written(RunOrder order) throws IOException {
        var out = new ByteArrayOutputStream();
        order.write(new DataOutputStream(out));
        return out.toByteArray();
    }

    private static RunOrder read(byte[] bytes, int length) throws IOException {
        return RunOrder.read(new DataInputStream(new ByteArrayInputStream(bytes, 0, length)));
    }

    @Property(tries = 200)
    void whatIsWrittenIsRead(@ForAll("orders") RunOrder order) throws IOException {
        var bytes = written(order);
        assertThat(read(bytes, bytes.length)).isEqualTo(order);
    }

    @Property(tries = 200)
    void cutOffAnywhereItIsNoOrder(@ForAll("orders") RunOrder order, @ForAll int where) throws IOException {
        var bytes = written(order);
        int length = Math.floorMod(where, bytes.length);
        assertThatThrownBy(() -> read(bytes, length)).isInstanceOf(EOFException.class);
    }

    @Property(tries = 20)
    void itShowsNoTokenAndNoPrompt(@ForAll("orders") RunOrder order) {
        assertThat(order).hasToString("run 20260327T101112-0000002a of task/fix-login");
    }

    /** Any text but halves of surrogate pairs. */
    private static Arbitrary<String> text() {
        return Arbitraries.strings()
                .all()
                .ofMaxLength(20)
                .map(text -> new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<RunOrder> orders() {
        var texts = text().list().ofMaxSize(4);
        var program = Combinators.combine(texts, text(), text(), texts.list().ofMaxSize(3), environment())
                .as(RunOrder.Program::new);
        var duration = Arbitraries.longs().between(0, 1L << 40).map(Duration::ofMillis);
        var limits = Combinators.combine(duration, duration, Arbitraries.longs(), duration)
                .as((time, grace, bytes, pause) -> new RunOrder.Limits(time, grace, bytes,
                        List.of(new UsageLimitPattern("limit reached (?<reset>[0-9]+)")), pause));
        return Combinators.combine(program, limits, environment(), text(), Arbitraries.integers())
                .as((run, most, manager, by, attempt) -> new RunOrder(new RunId("20260327T101112-0000002a"),
                        new OwnerKey("dave"), attempt, by, "u1 u2",
                        new Site(Path.of("/some where/été"), new BranchName("task/fix-login")),
                        new BranchName("main"), "tasks/fix-login.md", run, most, manager));
    }

    private static Arbitrary<Map<String, String>> environment() {
        return Arbitraries.maps(text(), text()).ofMaxSize(4).map(TreeMap::new);
    }
}
