package dev.reeve.scenario;

import dev.reeve.kit.FakeGate;
import dev.reeve.kit.Project;
import dev.reeve.kit.Scenario;
import dev.reeve.model.RepositoryName;
import dev.reeve.model.Sha;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A repository with a storm of work keeps no other waiting: while nothing of the one comes to its end, the other's work does. How long that takes is
 * measured by {@link dev.reeve.bench.BesideAStorm}.
 */
@Tag("slow")
@Isolated("what takes the whole machine keeps others waiting beyond their patience")
class FairnessTest {

    private static final int MERGES = 40;
    private static final int TASKS = 10_000;
    private static final int BURST = 8;

    @RegisterExtension
    final Scenario scenario = Scenario.standard();

    private final String shop = "GET /repos/acme/shop/pulls.*";

    private Sha fill(int tasks, String status) {
        var commit = scenario.project().remote().commit("main");
        IntStream.rangeClosed(1, tasks)
                .forEach(n -> commit.file("tasks/m" + n / 300 + "/t" + n + ".md",
                        Project.taskFile("Task " + n, status)));
        return commit.push("Many tasks are " + status);
    }

    private void merge(int pulls) {
        IntStream.rangeClosed(1, pulls).forEach(n -> scenario.pullRequest(n).from("task/t" + n).mergeUnannounced());
        IntStream.rangeClosed(1, pulls).forEach(n -> scenario.pullRequest(n).deliver("closed"));
    }

    private static void await(BooleanSupplier condition) {
        Awaitility.await().atMost(Duration.ofMinutes(3)).until(condition::getAsBoolean);
    }

    /** All of the first repository's work that has begun stands before GitHub's door, and more is due. */
    @Test
    void aRepositoryWhoseWorkHangsKeepsNoOtherWaiting() throws Exception {
        var quiet = scenario.project("acme/quiet");
        fill(MERGES, "ready");
        var gate = scenario.gitHub().gate(shop);
        merge(MERGES);
        gate.awaitArrival();

        quiet.pullRequest(3).from("task/fix-login").merge();
        await(() -> quiet.pushes() == 1);
        quiet.task("fix-login").isCompletedBy("dave", 3);
        assertThat(scenario.project().pushes()).isZero();

        gate.open();
        scenario.settle();
        IntStream.rangeClosed(1, MERGES).forEach(n -> scenario.task("t" + n).isCompletedBy("dave", n));
        IntStream.rangeClosed(1, MERGES).forEach(n -> scenario.check(n).concludes("success"));
        quiet.check(3).concludes("success");
    }

    /** A push that changes every file, a forced one and a burst of merges; whatever of it has begun hangs, and the rest is due. */
    @Test
    void amongTenThousandTasksThatAreToBeLookedAtAMergeElsewhereIsCompleted() throws Exception {
        var quiet = scenario.project("acme/quiet");
        IntStream.rangeClosed(1, 7).forEach(n -> quiet.commit("tasks/q" + n + ".md", Project.taskFile("Q", "ready")));
        var gate = scenario.gitHub().gate(shop);
        storm();
        gate.awaitArrival();

        quiet.pullRequest(3).from("task/q1").merge();
        await(() -> quiet.atGitHub().checkRun(quiet.pullRequest(3).atGitHub().headSha(), "reeve").isPresent());
        quiet.task("q1").isCompletedBy("dave", 3);
        quiet.check(3).concludes("success").isTitled("Completed q1");
        assertThat(due()).as("of the storm").isGreaterThan(TASKS - MERGES);
        assertThat(scenario.project().pushes()).isZero();
        endStorm(gate);
    }

    private long due() {
        return scenario.inbox().queue().pending().due();
    }

    private void storm() {
        var before = fill(TASKS, "ready");
        var after = fill(TASKS, "in_progress");
        scenario.deliver(scenario.project().atGitHub().pushEvent("main", before, after));
        await(() -> due() > TASKS - MERGES);
        var forced = scenario.project().atGitHub().pushEvent("main", after, after);
        scenario.deliver(forced.withBody(
                forced.body().replace("\"before\":\"" + after, "\"before\":\"" + "d".repeat(40))));
        merge(BURST);
    }

    /** To sit it out takes minutes, and has nothing more to tell. */
    private void endStorm(FakeGate gate) {
        scenario.inbox().repositories().forget(new RepositoryName("acme", "shop")).join();
        gate.open();
        scenario.settle();
    }
}
