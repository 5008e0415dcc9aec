package dev.reeve.scenario;

import dev.reeve.kit.Project;
import dev.reeve.kit.Scenario;
import dev.reeve.kit.Storm;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** The same story on a quiet day and on a bad one. */
@Tag("slow")
class StormTest {

    private static final int MERGES = 24;
    private static final Duration A_WHILE = Duration.ofSeconds(20);
    private static final int LONGEST = 500;

    @RegisterExtension
    final Scenario quiet = Scenario.overHttp();

    @RegisterExtension
    final Scenario stormy = Scenario.overHttp();

    @Test
    void aBadDayAtGitHubEndsInTheStateOfAQuietOneAndAsksLittleMore() {
        long seed = System.nanoTime();
        tell(quiet, _ -> {});
        var storm = new Storm(seed, stormy.clock(), 0.01);
        var random = new Random(seed);
        stormy.gitHub().weather(storm);
        stormy.gitServer().failWhen(() -> {
            synchronized (random) {
                return random.nextInt(10) == 0;
            }
        });
        tell(stormy, n -> {
            if (n % 7 == 0) {
                stormy.gitHub().revokeTokens();
            }
            if (n % 5 == 0) {
                stormy.gitServer().cutAfterPushes(1);
            }
        });
        assertThat(storm.breaches()).as("seed %d", seed).isEmpty();
        assertThat(stormy.deadLetters()).as("seed %d", seed).isEmpty();
        assertThat((double) stormy.gitHub().requests().size() / quiet.gitHub().requests().size())
                .as("requests of the bad day for each of the quiet one, %d limits, seed %d", storm.limits(), seed)
                .isLessThan(1.5);
    }

    /** What happens beside the n-th merge. */
    private interface Mishap {
        void beside(int merge);
    }

    private static void tell(Scenario scenario, Mishap mishap) {
        var commit = scenario.project().remote().commit("main");
        IntStream.rangeClosed(1, MERGES)
                .forEach(n -> commit.file("tasks/t" + n + ".md", Project.taskFile("Task " + n, "ready")));
        commit.push("Many tasks");
        for (int n = 1; n <= MERGES; n++) {
            scenario.pullRequest(n).from("task/t" + n).open();
            mishap.beside(n);
            merge(scenario, n);
            if (n % 4 == 0) {
                scenario.advance(A_WHILE);
            }
        }
        for (int rounds = 0; rounds == 0 || scenario.waiting() > 0; rounds++) {
            assertThat(rounds).as("rounds until nothing waits any more").isLessThan(LONGEST);
            scenario.advance(A_WHILE);
        }
        for (int n = 1; n <= MERGES; n++) {
            scenario.task("t" + n).isCompletedBy("dave", n);
            scenario.check(n).concludes("success").isTitled("Completed t" + n);
        }
        scenario.task("fix-login").isUntouched();
    }

    /** Some are seen late at GitHub, and of some the payload says something else than GitHub. */
    private static void merge(Scenario scenario, int n) {
        scenario.pullRequest(n).mergeUnannounced();
        var pull = scenario.project().atGitHub().pull(n);
        if (n % 3 == 0) {
            pull.staleFor(1);
        }
        var closed = scenario.project().atGitHub().pullRequestEvent(n, "closed");
        scenario.deliver(n % 4 == 0
                ? closed.withBody(closed.body().replace("\"merged\":true", "\"merged\":false"))
                : closed);
    }
}
