package dev.reeve.scenario;

import dev.reeve.kit.FakeCheckRun;
import dev.reeve.kit.Project;
import dev.reeve.kit.Project.Rule;
import dev.reeve.kit.Scenario;
import dev.reeve.kit.Storm;
import dev.reeve.kit.Storm.Asker;
import dev.reeve.kit.Storm.Kind;
import dev.reeve.kit.Trouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import static dev.reeve.kit.GitRepositories.git;
import static org.assertj.core.api.Assertions.assertThat;

/** The same story on a quiet day and on a bad one, in each way to publish. */
@Tag("slow")
@Isolated("what takes the whole machine keeps others waiting beyond their patience")
class StormTest {

    private static final int MERGES = 24;
    /** Before this merge the server is started anew, within the limit that struck while the pull requests were opened. */
    private static final int RESTARTED = 8;
    private static final double MOST = 1.5;
    private static final Duration A_WHILE = Duration.ofSeconds(20);
    private static final int LONGEST = 500;
    /** Longer than the server waits for an answer. */
    private static final Duration TOO_SLOW = Duration.ofSeconds(17);

    @RegisterExtension
    final Scenario quiet = Scenario.overHttp();

    @RegisterExtension
    final Scenario stormy = Scenario.overHttp();

    private final long seed = Long.getLong("storm.seed", System.nanoTime());

    @Test
    void aBadDayEndsInTheStateOfAQuietOneAndAsksLittleMore() {
        compare(_ -> {}, _ -> {});
    }

    @Test
    void soDoesOneWhereGitHubSignsTheCommits() {
        compare(scenario -> {
            scenario.project().protect("main", Rule.SIGNED);
            scenario.bookkeeping();
        }, _ -> {});
    }

    @Test
    void soDoesOneWhereCompletionsGoIntoAPullRequest() {
        compare(scenario -> {
            scenario.project().publishesByPullRequest();
            scenario.bookkeeping();
        }, StormTest::mergeTheBookkeeping);
    }

    private static void mergeTheBookkeeping(Scenario scenario) {
        assertThat(scenario.bookkeeping().waiting()).hasSize(MERGES).doesNotHaveDuplicates();
        scenario.bookkeeping().merge();
        comeToRest(scenario);
        assertThat(scenario.bookkeeping().isOver().all()).hasSize(1);
        scenario.bookkeeping().check().concludes("success");
    }

    /** @param rules of the default branch, and what else is set up */
    private void compare(Consumer<Scenario> rules, Consumer<Scenario> afterwards) {
        rules.accept(quiet);
        rules.accept(stormy);
        tell(quiet, _ -> {}, afterwards);
        var storm = storm();
        tell(stormy, merge -> strike(storm, merge), afterwards);
        double ratio = (double) stormy.gitHub().requests().size() / quiet.gitHub().requests().size();
        var day = "seed %d, ratio %.2f of %d, limits %s".formatted(seed, ratio, quiet.gitHub().requests().size(),
                storm.limitsOf(Asker.INSTALLATION));
        if (Boolean.getBoolean("storm.print")) {
            System.out.println(day);
        }
        assertThat(storm.breaches()).as("asked before a limit's end, " + day).isEmpty();
        assertThat(storm.limitsOf(Asker.INSTALLATION)).as(day).containsOnlyKeys(Kind.values());
        assertThat(storm.limitsOf(Asker.APP)).as(day).containsKeys(Kind.TOO_MANY, Kind.SECONDARY_UNTIMED);
        assertThat(stormy.deadLetters()).as(day).isEmpty();
        assertThat(checks(stormy)).as("check runs, " + day).isEqualTo(checks(quiet));
        assertThat(files(stormy)).as("files, " + day).isEqualTo(files(quiet));
        assertThat(ratio).as(day).isLessThan(MOST);
    }

    /** By the number of a request each kind of limit strikes, beside those that come by chance. */
    private Storm storm() {
        var storm = new Storm(seed, stormy.clock()).limiting(Asker.APP, 1, Kind.TOO_MANY)
                .limiting(Asker.APP, 2, Kind.SECONDARY_UNTIMED);
        int request = 10;
        for (var kind : Kind.values()) {
            storm.limiting(Asker.INSTALLATION, request, kind);
            request += 30;
        }
        stormy.gitHub().weather(storm).next("POST .*/check-runs", Trouble.slow(TOO_SLOW));
        var random = new Random(seed);
        stormy.gitServer().failWhen(() -> {
            synchronized (random) {
                return random.nextInt(10) == 0;
            }
        });
        return storm;
    }

    private void strike(Storm storm, int merge) {
        if (merge == RESTARTED) {
            assertThat(storm.holds(Asker.INSTALLATION)).as("a limit while the server is started anew").isTrue();
        }
        if (merge % 7 == 0) {
            stormy.gitHub().revokeTokens();
        }
        if (merge % 5 == 0) {
            stormy.gitServer().cutAfterPushes(1);
        }
    }

    /** What happens beside the n-th merge. */
    private interface Mishap {
        void beside(int merge);
    }

    private static void tell(Scenario scenario, Mishap mishap, Consumer<Scenario> afterwards) {
        var commit = scenario.project().remote().commit("main");
        IntStream.rangeClosed(1, MERGES)
                .forEach(n -> commit.file("tasks/t" + n + ".md", Project.taskFile("Task " + n, "ready")));
        commit.push("Many tasks");
        IntStream.rangeClosed(1, MERGES).forEach(n -> scenario.pullRequest(n).from("task/t" + n).open());
        scenario.settle();
        for (int n = 1; n <= MERGES; n++) {
            mishap.beside(n);
            if (n == RESTARTED) {
                scenario.restart();
            }
            merge(scenario, n);
            if (n % 4 == 0) {
                scenario.advance(A_WHILE);
            }
        }
        comeToRest(scenario);
        afterwards.accept(scenario);
        for (int n = 1; n <= MERGES; n++) {
            scenario.task("t" + n).isCompletedBy("dave", n);
            scenario.check(n).concludes("success").isTitled("Completed t" + n);
        }
        scenario.task("fix-login").isUntouched();
    }

    private static void comeToRest(Scenario scenario) {
        for (int rounds = 0; rounds == 0 || scenario.waiting() > 0; rounds++) {
            assertThat(rounds).as("rounds until nothing waits any more").isLessThan(LONGEST);
            scenario.advance(A_WHILE);
        }
    }

    /** GitHub tells of the push as well, sometimes first. Some merges are seen late there, and of some the payload says something else than GitHub. */
    private static void merge(Scenario scenario, int n) {
        var github = scenario.project().atGitHub();
        var before = scenario.project().tip();
        var after = scenario.pullRequest(n).mergeUnannounced();
        if (n % 3 == 0) {
            github.pull(n).staleFor(1);
        }
        if (n % 2 == 0) {
            scenario.deliver(github.pushEvent("main", before, after));
        }
        var closed = github.pullRequestEvent(n, "closed");
        scenario.deliver(n % 4 == 0
                ? closed.withBody(closed.body().replace("\"merged\":true", "\"merged\":false"))
                : closed);
        if (n % 4 == 1) {
            scenario.deliver(github.pushEvent("main", before, after));
        }
    }

    private static List<String> checks(Scenario scenario) {
        return scenario.project().atGitHub().checkRuns().stream().map(StormTest::shown).sorted().toList();
    }

    /** Apart from commits, which have times in them. */
    private static String shown(FakeCheckRun run) {
        return (run.name() + " " + run.status() + " " + run.conclusion() + " " + run.title() + "\n" + run.summary()
                + "\n"
                + run.text()).replaceAll("[0-9a-f]{40}", "commit");
    }

    /** All files of the default branch, apart from times and commits in them, and how many commits made them. */
    private static List<String> files(Scenario scenario) {
        var remote = scenario.project().remote().path();
        var lines = git(remote, "grep", "--full-name", "-I", "-e", "", "main").lines()
                .filter(line -> !line.matches("[^:]*:[^:]*:(completed_at|pr_merged_at|merge_commit): .*"))
                .toList();
        return List.of(git(remote, "rev-list", "--count", "--no-merges", "main") + " commits",
                String.join("\n", lines));
    }
}
