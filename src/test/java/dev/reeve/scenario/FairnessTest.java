package dev.reeve.scenario;

import dev.reeve.kit.Project;
import dev.reeve.kit.Scenario;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** A repository with a storm of work keeps no other waiting. */
class FairnessTest {

    private static final int STORM = 40;

    @RegisterExtension
    final Scenario scenario = Scenario.standard();

    /** All of the first repository's work that has begun stands before GitHub's door, and more is due. */
    @Test
    @Tag("slow")
    void aRepositoryWhoseWorkHangsKeepsNoOtherWaiting() throws Exception {
        var quiet = scenario.project("acme/quiet");
        var commit = scenario.project().remote().commit("main");
        IntStream.rangeClosed(1, STORM)
                .forEach(n -> commit.file("tasks/t" + n + ".md", Project.taskFile("Task " + n, "ready")));
        commit.push("Many tasks");
        IntStream.rangeClosed(1, STORM).forEach(n -> scenario.pullRequest(n).from("task/t" + n).mergeUnannounced());
        var gate = scenario.gitHub().gate("GET .*/repos/acme/shop/pulls/[0-9]+.*");
        IntStream.rangeClosed(1, STORM).forEach(n -> scenario.pullRequest(n).deliver("closed"));
        gate.awaitArrival();

        quiet.pullRequest(3).from("task/fix-login").merge();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> quiet.pushes() == 1);
        quiet.task("fix-login").isCompletedBy("dave", 3);
        assertThat(scenario.project().pushes()).isZero();

        gate.open();
        scenario.settle();
        IntStream.rangeClosed(1, STORM).forEach(n -> scenario.task("t" + n).isCompletedBy("dave", n));
        IntStream.rangeClosed(1, STORM).forEach(n -> scenario.check(n).concludes("success"));
        quiet.check(3).concludes("success");
    }
}
