package dev.reeve.scenario;

import dev.reeve.inbox.Checkpoint;
import dev.reeve.kit.FakeDelivery;
import dev.reeve.kit.Scenario;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The server dies at a durable step and is started again: the world comes out the same. */
@Tag("slow")
class CrashTest {

    @RegisterExtension
    final Scenario scenario = Scenario.withCheckout();

    /** A merge takes three runs: of the pull request, of its task, of its check run. Each claims, ends and is recorded. */
    static Stream<Arguments> steps() {
        return Stream.concat(
                times(Checkpoint.COMMITTED, 6),
                Stream.of(Checkpoint.WRITTEN, Checkpoint.CLAIMED, Checkpoint.HANDLED, Checkpoint.FINISHED)
                        .flatMap(step -> times(step, 3)));
    }

    private static Stream<Arguments> times(String step, int last) {
        return IntStream.rangeClosed(1, last).mapToObj(occurrence -> Arguments.of(step, occurrence));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void aMergeIsCompletedOnceWhereverTheServerDies(String step, int occurrence) {
        scenario.desk().work("fix-login", 12);
        scenario.pullRequest(12).from("task/fix-login").mergeUnannounced();
        var event = scenario.project().atGitHub().pullRequestEvent(12, "closed");
        scenario.crashAt(step, occurrence);
        boolean acknowledged = isAcknowledged(event);
        assertThat(scenario.crashes()).isTrue();
        scenario.restart();
        if (!acknowledged) {
            scenario.deliver(event);
        }
        scenario.settle();
        scenario.task("fix-login").isCompletedBy("dave", 12);
        assertThat(scenario.desk().registered()).isEmpty();
        assertThat(scenario.desk().archived("fix-login")).hasSize(2);
        scenario.check(12).concludes("success").isTitled("Completed fix-login").says("register pruned");
        assertThat(scenario.deadLetters()).isEmpty();
    }

    private boolean isAcknowledged(FakeDelivery event) {
        return scenario.tryToDeliver(event).statusCode() == 202;
    }
}
