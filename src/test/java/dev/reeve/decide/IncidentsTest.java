package dev.reeve.decide;

import dev.reeve.model.Bucket;
import dev.reeve.model.Incident;
import dev.reeve.model.Pass;
import dev.reeve.model.Place;
import dev.reeve.model.Signal;
import dev.reeve.model.SignalKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;

import static dev.reeve.decide.GivenBeat.aBeat;
import static org.assertj.core.api.Assertions.assertThat;

class IncidentsTest {

    private static Incident incident(SignalKind... kinds) {
        var signals = Arrays.stream(kinds).map(kind -> Signal.of(kind, GivenTask.SLUG, "said")).toList();
        return Incidents.of(aBeat().facts(), signals).orElseThrow();
    }

    @Test
    void noTwoKindsAreEquallyCausal() {
        assertThat(Arrays.stream(SignalKind.values()).map(Incidents::rank)).doesNotHaveDuplicates();
    }

    @Test
    void theCauseLeadsOverWhatFollowsFromIt() {
        assertThat(incident(SignalKind.PICKUP_OVERDUE, SignalKind.DISPATCH_RETRY_COOLDOWN,
                SignalKind.DISPATCH_WORKER_GONE).lead().kind()).isEqualTo(SignalKind.DISPATCH_WORKER_GONE);
        assertThat(incident(SignalKind.UNROUTABLE_OWNER, SignalKind.INVALID_FRONTMATTER).lead().kind())
                .isEqualTo(SignalKind.INVALID_FRONTMATTER);
        assertThat(incident(SignalKind.METADATA_DRIFT, SignalKind.PR_CI_FAILING).lead().kind())
                .isEqualTo(SignalKind.PR_CI_FAILING);
        assertThat(incident(SignalKind.LOOKUP_FAILED, SignalKind.REGISTER_ORPHAN).lead().kind())
                .isEqualTo(SignalKind.REGISTER_ORPHAN);
    }

    @Test
    void whatIsSaidTwiceIsToldOnce() {
        assertThat(incident(SignalKind.METADATA_DRIFT, SignalKind.METADATA_DRIFT).signals()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(SignalKind.class)
    void everyKindHasARemedyOfOneLine(SignalKind kind) {
        assertThat(incident(kind).remedy()).isNotBlank().doesNotContain("\n").hasSizeLessThan(300);
        assertThat(Remedies.of(new Signal(kind, kind.severity(), null, "said", null))).isNotBlank();
    }

    @Test
    void theRemediesOfRunsNameTheCommandsForThem() {
        assertThat(incident(SignalKind.DISPATCH_WORKER_GONE).remedy()).contains("`reeve watch ", "`reeve continue ");
        assertThat(incident(SignalKind.DISPATCH_FAILED).remedy()).contains("`reeve history ", "`reeve dispatch ",
                " --force`");
        assertThat(incident(SignalKind.DISPATCH_STALLED).remedy()).contains("`reeve watch ", "`reeve stop ");
        assertThat(incident(SignalKind.PICKUP_OVERDUE).remedy()).contains("`reeve run`", "`reeve dispatch ");
        assertThat(incident(SignalKind.PR_CHANGES_REQUESTED).remedy()).contains("`reeve continue ", " -m TEXT`");
    }

    @Test
    void theDocumentationHasEverySignalInTheOrderOfCauses() throws IOException {
        var page = section();
        var inOrder = Arrays.stream(SignalKind.values())
                .sorted(Comparator.comparing(SignalKind::severity)
                        .reversed()
                        .thenComparingInt(Incidents::rank))
                .map(kind -> "| `" + kind.id() + "` | " + kind.severity().name().toLowerCase(Locale.ROOT))
                .toList();

        assertThat(page.lines().filter(line -> inOrder.stream().anyMatch(line::startsWith)).toList())
                .zipSatisfy(inOrder, (line, start) -> assertThat(line).startsWith(start));
    }

    @Test
    void theDocumentationHasEveryBucketAndEveryPass() throws IOException {
        var page = section();

        for (var bucket : Bucket.values()) {
            assertThat(page).contains("| `" + bucket.id() + "` |");
        }
        for (var pass : Pass.values()) {
            assertThat(page).contains("`" + pass.id() + "`");
        }
    }

    private static String section() throws IOException {
        var page = Files.readString(Path.of("docs/state.md"));
        return page.substring(page.indexOf("## Heartbeat"));
    }

    @Test
    void placesAndNamesOfOthersAreEscapedInARemedy() {
        var signal = new Signal(SignalKind.INVALID_FRONTMATTER, SignalKind.INVALID_FRONTMATTER.severity(), null, "said",
                Place.of("tasks/\u001b[2J.md"));
        assertThat(Remedies.of(signal)).doesNotContain("\u001b");
    }
}
