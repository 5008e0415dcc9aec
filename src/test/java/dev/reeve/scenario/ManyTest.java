package dev.reeve.scenario;

import dev.reeve.kit.Project;
import dev.reeve.kit.Scenario;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Many merges at once. */
@Tag("slow")
class ManyTest {

    /** Makes tasks t1, t2 … and merges a pull request for each, which nobody is told of. */
    private static void merge(Scenario scenario, int count) {
        var commit = scenario.project().remote().commit("main");
        IntStream.rangeClosed(1, count)
                .forEach(n -> commit.file("tasks/t" + n + ".md", Project.taskFile("Task " + n, "ready")));
        commit.push("Many tasks");
        IntStream.rangeClosed(1, count)
                .forEach(n -> scenario.pullRequest(n).from("task/t" + n).mergeUnannounced());
    }

    private static void areCompletedOnce(Scenario scenario, int count) {
        for (int n = 1; n <= count; n++) {
            scenario.task("t" + n).isCompletedBy("dave", n);
            scenario.check(n).concludes("success").isTitled("Completed t" + n);
        }
    }

    @Nested
    class OnOneServer {

        @RegisterExtension
        final Scenario scenario = Scenario.standard();

        @Test
        void fiftyMergesGoOutInFewPushes() {
            merge(scenario, 50);
            // A push to GitHub takes its time; what is decided meanwhile goes into the next one.
            scenario.project().remote().script("pre-receive", "sleep 0.3");
            IntStream.rangeClosed(1, 50).parallel().forEach(n -> scenario.pullRequest(n).deliver("closed"));
            scenario.settle();
            areCompletedOnce(scenario, 50);
            assertThat(scenario.project().pushes()).isLessThanOrEqualTo(15);
        }
    }

    @Nested
    class OnTwoReplicas {

        @RegisterExtension
        final Scenario scenario = Scenario.replicated();

        @Test
        void eachTaskIsCompletedOnceHoweverManyReplicasHearOfIt() {
            merge(scenario, 12);
            for (int n = 1; n <= 12; n++) {
                scenario.pullRequest(n).deliver("closed");
                // Both replicas hear of each, the first of one and the second of the other.
                scenario.redeliver();
                scenario.redeliver();
            }
            scenario.settle();
            areCompletedOnce(scenario, 12);
        }
    }
}
