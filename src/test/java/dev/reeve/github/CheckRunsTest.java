package dev.reeve.github;

import dev.reeve.github.GitHubFailure.Kind;
import dev.reeve.kit.FakeCheckRun;
import dev.reeve.kit.FakeGitHub.Write;
import dev.reeve.kit.Trouble;
import dev.reeve.model.CheckReport;
import dev.reeve.model.CheckReport.Annotation;
import dev.reeve.model.CheckReport.Conclusion;
import dev.reeve.model.CheckReport.Level;
import dev.reeve.model.Sha;
import dev.reeve.model.TaskPath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class CheckRunsTest extends GitHubTestCase {

    private Sha head = new Sha("0".repeat(40));

    @BeforeEach
    void headOfMain() {
        head = remote.head("main");
    }

    private static CheckReport report(String summary, int annotations) {
        return new CheckReport(Conclusion.SUCCESS, "fix-login will be completed", summary, "",
                annotations(annotations));
    }

    private static List<Annotation> annotations(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(
                        line -> new Annotation(new TaskPath("tasks/a.md"), line, Level.FAILURE, "status", "no " + line))
                .toList();
    }

    private long put(CheckReport report) {
        return client.putCheckRun(head, "reeve", "pull/12", report);
    }

    private FakeCheckRun shown() {
        return shop.checkRun(head, "reeve").orElseThrow();
    }

    private List<String> writes() {
        return github.writes().stream().map(write -> write.method() + " " + write.status()).toList();
    }

    @Test
    void theFirstReportMakesACompletedRun() {
        long id = put(new CheckReport(Conclusion.ACTION_REQUIRED, "title", "summary", "text", List.of()));

        assertThat(shown()).isEqualTo(new FakeCheckRun(id, 0, head, "reeve", "pull/12", "completed", "action_required",
                "title", "summary", "text", List.of()));
        assertThat(github.writes()).singleElement().extracting(Write::path).isEqualTo("/repos/acme/shop/check-runs");
    }

    @Test
    void anotherReportUpdatesTheSameRun() {
        long first = put(new CheckReport(Conclusion.NEUTRAL, "title", "before", "text", List.of()));
        long second = put(report("after", 2));

        assertThat(second).isEqualTo(first);
        assertThat(shown().summary()).startsWith("after");
        assertThat(shown().text()).isEmpty();
        assertThat(shown().annotations()).hasSize(2);
        assertThat(writes()).containsExactly("POST 201", "PATCH 200");
    }

    @Test
    void anUpdateWhoseAnswerIsLostIsSentAgainUnlessItWouldAddAnnotations() {
        put(report("before", 0));
        github.next("PATCH .*", Trouble.badGateway().afterEffect());
        put(report("after", 0));
        assertThat(shown().summary()).startsWith("after");
        github.next("PATCH .*", Trouble.badGateway().afterEffect());
        assertFails(() -> put(report("at last", 2)), "status 502").isEqualTo(new Kind.Unavailable());
        assertThat(shown().annotations()).hasSize(2);
    }

    @Test
    void theSameReportAgainWritesNothing() {
        for (var report : List.of(report("same\r\n", 0), report("same", 3), report("longer".repeat(20_000), 120))) {
            put(report);
            int before = github.writes().size();
            put(report);
            assertThat(github.writes()).hasSize(before);
        }
    }

    @Test
    void annotationsAreNeverShownTwice() {
        put(report("three", 3));
        put(report("other words", 3));
        assertThat(shown().annotations()).hasSize(3);

        put(new CheckReport(Conclusion.SUCCESS, "fix-login will be completed", "other words", "",
                annotations(4).subList(1, 4)));
        assertThat(shown().annotations()).hasSize(3).extracting(one -> one.path("message").asText()).contains("no 4");

        put(report("none", 0));
        assertThat(shown().annotations()).isEmpty();
    }

    @Test
    void manyAnnotationsGoOutFiftyAtATime() {
        long id = put(report("many", 120));

        assertThat(shown().id()).isEqualTo(id);
        assertThat(shown().annotations()).hasSize(120).doesNotHaveDuplicates();
        assertThat(github.writes()).extracting(write -> write.body() == null
                ? 0
                : write.body().path("output").path("annotations").size()).containsExactly(50, 50, 20);
    }

    @Test
    void aRunThatWasOnlyHalfWrittenIsReplaced() {
        github.next("PATCH .*", Trouble.badGateway());
        assertFails(() -> put(report("many", 120)), "502").isEqualTo(new Kind.Unavailable());

        put(report("many", 120));

        assertThat(shown().annotations()).hasSize(120);
        assertThat(shop.checkRuns()).hasSize(2);
    }

    @Test
    void aRunWhoseMakingWasNotAnsweredIsFoundAgain() {
        github.next("POST .*/check-runs", Trouble.badGateway().afterEffect());
        assertFails(() -> put(report("s", 0)), "502").isEqualTo(new Kind.Unavailable());
        assertThat(github.count("POST .*/check-runs")).isEqualTo(1);

        put(report("s", 0));

        assertThat(shop.checkRuns()).hasSize(1);
        assertThat(writes()).containsExactly("POST 201");
    }

    @Test
    void runsOfOthersAreLeftAlone() {
        shop.foreignRun(99, head, "reeve", "pull/12");
        client.putCheckRun(head, "reeve", "pull/13", report("of another pull request", 0));

        put(report("ours", 0));

        assertThat(shop.checkRuns()).hasSize(3);
        assertThat(shown().summary()).isEqualTo("ours");
        assertThat(writes()).containsExactly("POST 201", "POST 201");
    }

    @Test
    void ourRunIsFoundBehindAnyNumberOfOthers() {
        put(report("before", 0));
        for (int i = 0; i < 130; i++) {
            shop.foreignRun(99, head, "reeve", "pull/12");
            shop.foreignRun(0, head, "reeve", "pull/of-ours/" + i);
        }

        put(report("after", 0));

        assertThat(writes()).containsExactly("POST 201", "PATCH 200");
        assertThat(client.ownRuns(head)).hasSize(131).last().extracting(OwnRun::externalId).isEqualTo("pull/12");
    }

    @Test
    void moreRunsOfOursThanThereCanBeAreNotFollowedForEver() {
        for (int i = 0; i < 1_001; i++) {
            shop.foreignRun(0, head, "reeve", "pull/of-ours/" + i);
        }

        assertFails(() -> client.ownRuns(head), "longer than 1000").isEqualTo(new Kind.Malformed());
    }

    @Test
    void whatIsLongerThanGitHubTakesIsCutWithANote() {
        var long1 = "🦉".repeat(40_000);
        client.putCheckRun(head, "reeve", "pull/12", new CheckReport(Conclusion.FAILURE, "two\nlines " + long1, long1,
                long1, List.of(new Annotation(new TaskPath("a.md"), 0, Level.NOTICE, long1, long1))));

        assertThat(writes()).containsExactly("POST 201");
        assertThat(shown().title()).startsWith("two lines 🦉").endsWith("…");
        assertThat(bytes(shown().title())).isBetween(250, 255);
        assertThat(shown().summary()).contains("cut here");
        assertThat(bytes(shown().summary())).isBetween(65_520, 65_535);
        assertThat(shown().text()).endsWith("more than GitHub takes.");
        assertThat(bytes(shown().text())).isBetween(65_520, 65_535);
        assertThat(bytes(shown().annotations().getFirst().path("message").asText())).isBetween(63_900, 64_000);
        assertThat(shown().annotations().getFirst().path("start_line").asInt()).isEqualTo(1);
    }

    private static int bytes(String text) {
        return text.getBytes(UTF_8).length;
    }

    @Test
    void moreAnnotationsThanAnybodyReadsAreLeftOut() {
        put(report("too many", 700));

        assertThat(shown().annotations()).hasSize(500);
    }

    @Test
    void aCommitThatGitHubDoesNotKnowIsRejected() {
        assertFails(() -> client.putCheckRun(new Sha("1".repeat(40)), "reeve", "x", report("s", 0)),
                "No commit found for SHA").isEqualTo(new Kind.Rejected(422));
    }

    @Test
    void withoutThePermissionItIsNamed() {
        client.defaultBranch();
        shop.installation().grant("checks", "read");

        assertFails(() -> put(report("s", 0)), "checks:write").isEqualTo(new Kind.Denied("checks:write"));
    }
}
