package dev.reeve.github;

import dev.reeve.github.GitHubFailure.Kind;
import dev.reeve.kit.Trouble;
import dev.reeve.model.PullRequest;
import dev.reeve.model.PullRequestStanding;
import dev.reeve.model.PullRequestStanding.Checks;
import dev.reeve.model.PullRequestStanding.Mergeability;
import dev.reeve.model.PullRequestStanding.Reviews;
import dev.reeve.model.Sha;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

/** What an open pull request waits for, as an agent's token learns it. */
class StandingsTest extends GitHubTestCase {

    private static final String PULL = "GET /repos/acme/shop/pulls/12";
    private static final String RUNS = "GET .*/check-runs";
    private static final String STATUS = "GET .*/status";
    private static final String REVIEWS = "GET .*/reviews";

    private TokenAccess access;
    private RepositoryClient agent;
    private Sha head;

    @BeforeEach
    void openPull() {
        head = remote.commit("task/fix-login", "main", Map.of("src/login.js", "1\n"));
        shop.openPull(12).from("task/fix-login").by("davefowler");
        github.personalToken("ghp_x");
        access = new TokenAccess(endpoint(), "ghp_x", clock);
        agent = access.repository(shop.name());
    }

    @AfterEach
    void hangUp() {
        access.close();
    }

    private PullRequest pull() {
        return agent.recentPullRequests(10).getFirst();
    }

    private PullRequestStanding standing() {
        return agent.standing(pull());
    }

    private Checks checks() {
        return standing().checks();
    }

    private Reviews reviews() {
        return standing().reviews();
    }

    @Test
    void aNewPullRequestHasNoChecksAndWaitsForAReview() {
        assertThat(standing()).isEqualTo(new PullRequestStanding(new Checks.None(), new Reviews.Pending(),
                Mergeability.MERGEABLE, clock.instant()));
        assertThat(lines()).containsExactly("GET /repos/acme/shop/pulls", "GET /repos/acme/shop/pulls/12",
                "GET /repos/acme/shop/commits/" + head + "/check-runs",
                "GET /repos/acme/shop/commits/" + head + "/status", "GET /repos/acme/shop/pulls/12/reviews");
    }

    @ParameterizedTest
    @CsvSource({"success,true", "neutral,true", "skipped,true", "failure,false", "cancelled,false", "timed_out,false",
            "action_required,false", "stale,false", "a_new_word,false"})
    void aRunEndsWellOrNot(String conclusion, boolean well) {
        shop.ci(head, "build", conclusion);

        assertThat(checks()).isEqualTo(well ? new Checks.Passed() : new Checks.Failed(List.of("build")));
    }

    @ParameterizedTest
    @CsvSource({"success,Passed[]", "pending,'Pending[names=[ci/old]]'", "failure,'Failed[names=[ci/old]]'",
            "error,'Failed[names=[ci/old]]'"})
    void aStatusCountsLikeARun(String state, String verdict) {
        shop.status(head, "ci/old", state);

        assertThat(checks()).hasToString(verdict);
    }

    @Test
    void oneThatFailedOutweighsThoseThatRunAndThoseThatPassed() {
        shop.ci(head, "build", "success").ci(head, "slow", null);
        assertThat(checks()).isEqualTo(new Checks.Pending(List.of("slow")));

        shop.status(head, "deploy/preview", "failure");
        assertThat(checks()).isEqualTo(new Checks.Failed(List.of("deploy/preview")));
    }

    @Test
    void theNewestOfANameCountsAndARunOfAnotherAppIsAnother() {
        shop.ci(head, "build", "failure").ci(head, "build", "success");
        shop.status(head, "ci/old", "failure").status(head, "ci/old", "success");
        assertThat(checks()).isEqualTo(new Checks.Passed());

        shop.ci(head, "lint", "failure").foreignRun(99, head, "lint", "x");
        assertThat(checks()).isEqualTo(new Checks.Failed(List.of("lint")));
    }

    @Test
    void checksOfAnEarlierHeadDoNotCount() {
        shop.ci(head, "build", "failure");
        var listed = pull();
        remote.commit("task/fix-login", "task/fix-login", Map.of("src/login.js", "2\n"));

        assertThat(agent.standing(listed).checks()).isEqualTo(new Checks.None());
    }

    @Test
    void manyChecksComePageByPageAndAreNamedOnOneLineEachAndNotAll() {
        for (int i = 0; i < 130; i++) {
            shop.ci(head, "job %03d\n\u001b[31m%s".formatted(i, "x".repeat(500)), "failure");
        }

        assertThat(checks()).asInstanceOf(type(Checks.Failed.class)).satisfies(failed -> {
            assertThat(failed.names()).hasSize(21).last().isEqualTo("… and 110 more");
            assertThat(failed.names()).allSatisfy(name -> assertThat(name).hasSizeLessThan(130).matches("\\P{Cntrl}+"));
        });
        assertThat(github.count(RUNS)).isEqualTo(2);
    }

    @Test
    void aListThatNeverEndsIsNotFollowedForEver() {
        var run = "{\"id\":1,\"name\":\"build\",\"status\":\"queued\",\"app\":null}";
        for (int i = 0; i < 20; i++) {
            github.next(RUNS, Trouble.body("{\"check_runs\":[" + run + "]}", "Link",
                    "<http://evil.test/x>; rel=\"next\""));
        }

        assertThat(checks()).isInstanceOf(Checks.Unknown.class);
        assertThat(github.count(RUNS)).isLessThanOrEqualTo(11);
    }

    @Test
    void theLastWordOfEachReviewerCounts() {
        shop.pull(12).review("rj", "CHANGES_REQUESTED").review("rj", "COMMENTED").review("ann", "APPROVED");
        assertThat(reviews()).isEqualTo(new Reviews.ChangesRequested(List.of("rj")));

        shop.pull(12).review("rj", "APPROVED").review("ann", "COMMENTED");
        assertThat(reviews()).isEqualTo(new Reviews.Approved());

        shop.pull(12).review("ann", "CHANGES_REQUESTED").dismiss("ann");
        assertThat(reviews()).isEqualTo(new Reviews.Approved());

        shop.pull(12).dismiss("rj");
        assertThat(reviews()).isEqualTo(new Reviews.Pending());
    }

    @Test
    void whoWasAskedAgainHasNotAnsweredYet() {
        shop.pull(12).review("rj", "CHANGES_REQUESTED").review("ann", "APPROVED").asks("rj");
        assertThat(reviews()).isEqualTo(new Reviews.Pending());

        shop.pull(12).review("eve", "CHANGES_REQUESTED");
        assertThat(reviews()).isEqualTo(new Reviews.ChangesRequested(List.of("eve")));
    }

    @Test
    void aTeamThatIsAskedIsSomebodyToWaitFor() {
        shop.pull(12).review("ann", "APPROVED").asksTeams("security");
        assertThat(reviews()).isEqualTo(new Reviews.Pending());
    }

    @Test
    void authorsDoNotReviewThemselvesAndDeletedAccountsKeepTheirWord() {
        shop.pull(12).review("davefowler", "CHANGES_REQUESTED").review("davefowler", "PENDING");
        assertThat(reviews()).isEqualTo(new Reviews.Pending());

        shop.pull(12).review(null, "CHANGES_REQUESTED");
        assertThat(reviews()).isEqualTo(new Reviews.ChangesRequested(List.of("ghost")));
    }

    @Test
    void reviewsBeyondTheFirstPageCountToo() {
        for (int i = 0; i < 150; i++) {
            shop.pull(12).review("bot", "COMMENTED");
        }
        shop.pull(12).review("rj", "CHANGES_REQUESTED");

        assertThat(reviews()).isEqualTo(new Reviews.ChangesRequested(List.of("rj")));
    }

    @Test
    void whetherItCanBeMergedMayNotBeKnownYet() {
        shop.pull(12).mergeable(null);
        assertThat(standing().mergeability()).isEqualTo(Mergeability.UNKNOWN);
        shop.pull(12).mergeable(false);
        assertThat(standing().mergeability()).isEqualTo(Mergeability.CONFLICT);
    }

    @Test
    void aPartThatFailsLeavesTheOthers() {
        shop.ci(head, "build", "success").pull(12).review("rj", "APPROVED");
        github.next(REVIEWS, Trouble.status(422, "no\u0007"));

        var standing = standing();

        assertThat(standing.checks()).isEqualTo(new Checks.Passed());
        assertThat(standing.mergeability()).isEqualTo(Mergeability.MERGEABLE);
        assertThat(standing.reviews()).asInstanceOf(type(Reviews.Unknown.class))
                .satisfies(unknown -> assertThat(unknown.reason()).contains("422", "reviews").matches("\\P{Cntrl}+"));
    }

    @Test
    void withoutThePullRequestItselfItsChecksAreStillKnown() {
        shop.ci(head, "build", "failure");
        var listed = pull();
        github.next(PULL, Trouble.status(404, "Not Found"));

        var standing = agent.standing(listed);

        assertThat(standing.checks()).isEqualTo(new Checks.Failed(List.of("build")));
        assertThat(standing.mergeability()).isEqualTo(Mergeability.UNKNOWN);
        assertThat(standing.reviews()).isInstanceOf(Reviews.Unknown.class);
    }

    @Test
    void aTokenWithoutTheRightToSeeChecksSaysSoAndWhatFailedElsewhereStillCounts() {
        github.personalToken("ghp_x", Set.of("checks"));
        assertThat(checks()).asInstanceOf(type(Checks.Unknown.class))
                .satisfies(unknown -> assertThat(unknown.reason()).contains("checks:read", "classic token"));

        shop.status(head, "ci/old", "failure");
        assertThat(checks()).isEqualTo(new Checks.Failed(List.of("ci/old")));
    }

    @Test
    void passedRunsAreNotEnoughWhenStatusesCannotBeSeen() {
        shop.ci(head, "build", "success");
        github.personalToken("ghp_x", Set.of("statuses"));

        assertThat(checks()).asInstanceOf(type(Checks.Unknown.class))
                .satisfies(unknown -> assertThat(unknown.reason()).contains("statuses:read"));
    }

    @ParameterizedTest
    @ValueSource(strings = {PULL, RUNS, STATUS, REVIEWS})
    void aLimitOrARefusedTokenIsToldOnceForAll(String line) {
        var listed = pull();
        github.next(line, Trouble.secondaryLimit(Duration.ofSeconds(30)));
        assertFails(() -> agent.standing(listed)).isEqualTo(new Kind.RateLimited(clock.instant().plusSeconds(30)));
        clock.advance(Duration.ofSeconds(30));

        github.next(line, Trouble.status(401, "Bad credentials"));
        assertFails(() -> agent.standing(listed), "Bad credentials").isEqualTo(new Kind.Denied(null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "null", "{\"check_runs\":[{\"name\":1}]}", "<html>",
            "{\"check_runs\":[{\"id\":1,\"name\":\"x\",\"status\":null,\"app\":{\"id\":\"no\"}}]}"})
    void checksThatAreNoneAreUnknown(String body) {
        github.next(RUNS, Trouble.body(200, body));
        assertThat(checks()).isInstanceOf(Checks.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"mergeable\":\"yes\"", "\"number\":null", "\"requested_reviewers\":{}",
            "\"requested_teams\":[1]", "\"head\":{\"sha\":\"../..\"}", "\"user\":[]"})
    void aPullRequestThatIsNoneIsUnknown(String field) {
        var good = "{\"number\":12,\"user\":null,\"requested_reviewers\":[],\"requested_teams\":[],\"mergeable\":true,\"head\":{\"sha\":\""
                + head + "\"}}";
        var name = field.substring(0, field.indexOf(':'));
        var bad = good.replaceFirst(name + ":(\\{[^}]*}|\\[]|[^,}]*)", field);
        github.next(PULL, Trouble.body(200, bad));

        assertThat(standing().mergeability()).isEqualTo(Mergeability.UNKNOWN);
    }

    @Test
    void askingAgainCostsNothingWhileNothingChanged() {
        shop.ci(head, "build", "success").pull(12).review("rj", "APPROVED");
        standing();
        int before = github.requests().size();

        var again = new ArrayList<>(List.of(standing(), standing()));

        assertThat(again).allMatch(one -> one.checks() instanceof Checks.Passed);
        assertThat(github.requests().subList(before, before + 10)).allMatch(one -> one.status() == 304);
    }
}
