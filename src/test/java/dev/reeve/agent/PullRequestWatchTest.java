package dev.reeve.agent;

import dev.reeve.agent.PullRequestSource.Connected;
import dev.reeve.agent.PullRequestSource.Missing;
import dev.reeve.agent.PullRequestSource.SwitchedOff;
import dev.reeve.github.Endpoint;
import dev.reeve.github.TokenAccess;
import dev.reeve.kit.FakeGitHub;
import dev.reeve.kit.FakeRepository;
import dev.reeve.kit.GitRepositories;
import dev.reeve.kit.SettableClock;
import dev.reeve.kit.Trouble;
import dev.reeve.model.BranchName;
import dev.reeve.model.Proxies;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.PullRequestLookup.Found;
import dev.reeve.model.PullRequestLookup.None;
import dev.reeve.model.PullRequestLookup.Unknown;
import dev.reeve.model.PullRequestStanding;
import dev.reeve.model.PullRequestStanding.Checks;
import dev.reeve.model.Sha;
import dev.reeve.reconcile.PullRequests.Signs;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** What a heartbeat knows of pull requests, over real HTTP. */
@Timeout(60)
class PullRequestWatchTest {

    private static final Duration LONG = Duration.ofSeconds(50);
    private static final String LIST = "GET /repos/acme/shop/pulls";

    @TempDir
    Path folder;

    private final SettableClock clock = SettableClock.atNoon();
    private final ExecutorService background = Executors.newSingleThreadExecutor();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger hungUp = new AtomicInteger();
    private FakeGitHub github;
    private FakeRepository shop;
    private Sha main;
    private volatile @Nullable PullRequestSource instead;
    private PullRequestWatch watch;

    @BeforeEach
    void start() {
        github = FakeGitHub.start(clock).personalToken("ghp_x");
        var remote = new GitRepositories(folder).remote("shop");
        main = remote.commit("main").file("README.md", "# Shop\n").push("x");
        shop = github.repository("acme/shop", remote.path());
        watch = new PullRequestWatch(this::open, background, clock);
    }

    @AfterEach
    void stop() {
        watch.close();
        background.close();
        github.close();
        assertThat(github.violations()).isEmpty();
        assertThat(hungUp).as("every connection was ended").hasValue(opened.get());
    }

    /** What a test says instead, or a connection with the token. */
    private PullRequestSource open() {
        var other = instead;
        if (other != null) {
            return other;
        }
        var endpoint = new Endpoint(github.apiUrl(), Proxies.none(), Duration.ofSeconds(5), Duration.ofSeconds(15));
        var access = new TokenAccess(endpoint, "ghp_x", clock);
        opened.incrementAndGet();
        return new Connected(access.repository(shop.name()), () -> {
            hungUp.incrementAndGet();
            access.close();
        });
    }

    private PullRequestAnswers refresh(Wanted wanted) {
        return watch.refresh(wanted, LONG);
    }

    private static Wanted branches(String... names) {
        var branches = new HashSet<BranchName>();
        for (var name : names) {
            branches.add(new BranchName(name));
        }
        return new Wanted(Set.of(), branches, Set.of());
    }

    private static Wanted nothing() {
        return branches();
    }

    private static PullRequestLookup ofBranch(PullRequestAnswers answers, String name) {
        return answers.byBranch(new BranchName(name), Signs.SOME);
    }

    private static int found(PullRequestLookup lookup) {
        return lookup instanceof Found(var pull) ? pull.number() : -1;
    }

    private static Checks checks(PullRequestAnswers answers, int number) {
        return answers.standing(number).map(PullRequestStanding::checks).orElseThrow();
    }

    private int open(int number, String branch) {
        shop.openPull(number).from(branch).at(main);
        return number;
    }

    /** That the requests since then were answered with 304 only. */
    private int unchangedSince(int before) {
        var since = github.requests().subList(before, github.requests().size());
        assertThat(since).isNotEmpty().allMatch(one -> one.status() == 304);
        return since.size();
    }

    @Test
    void itKnowsThePullRequestsOfTasksAndWhatTheOpenOnesWaitFor() {
        open(12, "task/fix-login");
        open(13, "task/other");
        shop.ci(main, "build", "failure");
        shop.openPull(11).from("task/done").at(main).body("long").close();

        var answers = refresh(branches("task/fix-login", "task/done", "task/none"));

        assertThat(found(ofBranch(answers, "task/fix-login"))).isEqualTo(12);
        assertThat(found(answers.byNumber(11))).isEqualTo(11);
        assertThat(ofBranch(answers, "task/none")).isEqualTo(new None());
        assertThat(answers.byNumber(99)).isEqualTo(new None());
        assertThat(checks(answers, 12)).isEqualTo(new Checks.Failed(List.of("build")));
        assertThat(answers.standing(13)).as("nobody wants it").isEmpty();
        assertThat(answers.standing(11)).as("it isn't open").isEmpty();
        assertThat(answers.askedAt()).contains(clock.instant());
        assertThat(answers.failure()).isEmpty();
        assertThat(answers.notice()).isEmpty();
        assertThat(found(answers.byNumber(13))).isEqualTo(13);
    }

    @Test
    void aPullRequestThatIsWantedByItsNumberHasAStandingToo() {
        open(12, "somebody/else");

        var answers = refresh(new Wanted(Set.of(12, 77), Set.of(), Set.of()));

        assertThat(checks(answers, 12)).isEqualTo(new Checks.None());
        assertThat(answers.byNumber(77)).isEqualTo(new None());
    }

    @Test
    void forksNeverCountByBranch() {
        shop.openPull(12).fromFork("mallory", "task/fix-login", main);

        var answers = refresh(branches("task/fix-login"));

        assertThat(ofBranch(answers, "task/fix-login")).isEqualTo(new None());
        assertThat(answers.standing(12)).isEmpty();
    }

    @Test
    void aQuietCycleIsAskedConditionallyAndCostsNothing() {
        open(12, "task/fix-login");
        open(13, "task/other");
        var wanted = branches("task/fix-login", "task/other");
        refresh(wanted);
        int before = github.requests().size();

        clock.advance(Duration.ofMinutes(3));
        var answers = refresh(wanted);

        assertThat(unchangedSince(before)).isEqualTo(1 + 2 * 4);
        assertThat(answers.askedAt()).contains(clock.instant());
        assertThat(opened).as("the connection is kept").hasValue(1);
    }

    @Test
    void tenThousandTasksCostOneList() {
        open(12, "task/t7");
        var many = new HashSet<BranchName>();
        for (int i = 0; i < 10_000; i++) {
            many.add(new BranchName("task/t" + i));
        }

        refresh(new Wanted(Set.of(), many, Set.of()));
        refresh(new Wanted(Set.of(), Set.of(), many));

        assertThat(github.count(LIST)).isEqualTo(2);
        assertThat(github.requests()).hasSize(2 * (1 + 4));
    }

    @Test
    void whatAListThatWasCutCannotTellIsAskedForOneByOneAndOnlyForTasksWithSigns() {
        open(7, "task/old");
        shop.pull(7).close();
        for (int number = 100; number < 600; number++) {
            open(number, "topic-" + number);
        }
        var wanted = new Wanted(Set.of(7, 120), Set.of(new BranchName("task/old"), new BranchName("task/begun")),
                Set.of(new BranchName("task/never")));
        int before = github.requests().size();

        var answers = refresh(wanted);

        assertThat(found(answers.byNumber(7))).isEqualTo(7);
        assertThat(found(ofBranch(answers, "task/old"))).isEqualTo(7);
        assertThat(ofBranch(answers, "task/begun")).isEqualTo(new None());
        assertThat(answers.byBranch(new BranchName("task/never"), Signs.NONE)).isEqualTo(new None());
        assertThat(answers.byBranch(new BranchName("task/new"), Signs.SOME)).as("it has begun since")
                .isInstanceOf(Unknown.class);
        assertThat(checks(answers, 120)).isEqualTo(new Checks.None());
        assertThat(github.requests().size() - before).isEqualTo(5 + 1 + 2 + 4);
        int quiet = github.requests().size();
        refresh(wanted);
        assertThat(unchangedSince(quiet)).isEqualTo(5 + 1 + 2 + 4);
    }

    @Test
    void aSlowLookupDelaysNobodyAndItsAnswersComeTheNextTime() throws Exception {
        open(12, "task/fix-login");
        var first = refresh(branches("task/fix-login"));
        shop.pull(12).close();
        var gate = github.gate(LIST);
        clock.advance(Duration.ofMinutes(3));

        var meanwhile = watch.refresh(branches("task/fix-login"), Duration.ZERO);
        gate.awaitArrival();
        var still = watch.refresh(branches("task/fix-login"), Duration.ZERO);

        for (var answers : List.of(meanwhile, still)) {
            assertThat(answers.askedAt()).as("with their age").isEqualTo(first.askedAt());
            assertThat(answers.failure()).hasValueSatisfying(why -> assertThat(why).contains("not answered yet"));
            assertThat(answers.standing(12)).isPresent();
        }
        gate.open();
        background.submit(() -> {}).get();
        assertThat(github.count(LIST)).as("none was started beside it").isEqualTo(2);
        var late = refresh(branches("task/fix-login"));
        assertThat(late.askedAt()).contains(clock.instant());
        assertThat(late.failure()).isEmpty();
        assertThat(late.standing(12)).isEmpty();
    }

    @Test
    void beforeTheFirstAnswerEverythingIsUnknown() throws Exception {
        var gate = github.gate(LIST);

        var answers = watch.refresh(branches("task/fix-login"), Duration.ZERO);

        gate.awaitArrival();
        assertThat(ofBranch(answers, "task/fix-login")).isEqualTo(new Unknown("GitHub has not answered yet"));
        assertThat(answers.byNumber(1)).isInstanceOf(Unknown.class);
        assertThat(answers.askedAt()).isEmpty();
        gate.open();
    }

    @Test
    void aFailedLookupKeepsWhatWasKnownAndSaysWhy() {
        open(12, "task/fix-login");
        refresh(branches("task/fix-login"));
        var noon = clock.instant();
        clock.advance(Duration.ofMinutes(3));
        github.next(LIST, Trouble.badGateway()).next(LIST, Trouble.badGateway()).next(LIST, Trouble.badGateway());

        var answers = refresh(branches("task/fix-login"));

        assertThat(found(ofBranch(answers, "task/fix-login"))).isEqualTo(12);
        assertThat(answers.askedAt()).contains(noon);
        assertThat(answers.failure()).hasValueSatisfying(why -> assertThat(why).contains("GitHub did not answer"));
        assertThat(answers.notice()).isEmpty();
        assertThat(refresh(branches("task/fix-login")).failure()).isEmpty();
    }

    @Test
    void aLimitIsKeptToWithoutARequest() {
        open(12, "task/fix-login");
        refresh(branches("task/fix-login"));
        github.next(LIST, Trouble.secondaryLimit(Duration.ofMinutes(5)));
        assertThat(refresh(nothing()).failure())
                .hasValueSatisfying(why -> assertThat(why).contains("rate limit"));
        int before = github.requests().size();

        clock.advance(Duration.ofMinutes(3));
        var answers = refresh(branches("task/fix-login"));
        assertThat(answers.failure()).isPresent();
        assertThat(found(ofBranch(answers, "task/fix-login"))).isEqualTo(12);
        assertThat(github.requests()).hasSize(before);

        clock.advance(Duration.ofMinutes(3));
        assertThat(refresh(branches("task/fix-login")).failure()).isEmpty();
    }

    @Test
    void aLimitHalfwayKeepsTheStandingsThatWereNotAskedFor() {
        open(12, "task/a");
        open(13, "task/b");
        var wanted = branches("task/a", "task/b");
        refresh(wanted);
        var noon = clock.instant();
        clock.advance(Duration.ofMinutes(3));
        shop.ci(main, "build", "failure");
        github.next("GET .*/pulls/13", Trouble.secondaryLimit(Duration.ofMinutes(1)));

        var answers = refresh(wanted);

        assertThat(answers.askedAt()).as("the list is new").contains(clock.instant());
        assertThat(checks(answers, 12)).isEqualTo(new Checks.Failed(List.of("build")));
        assertThat(answers.standing(13).orElseThrow().askedAt()).isEqualTo(noon);
        assertThat(answers.failure()).hasValueSatisfying(why -> assertThat(why).contains("rate limit"));
    }

    @Test
    void aTokenThatIsNotAcceptedIsToldOnceAndReadAnewTheNextTime() {
        github.revokeToken("ghp_x");
        var first = refresh(nothing());
        var second = refresh(nothing());

        assertThat(first.notice()).hasValueSatisfying(told -> assertThat(told).contains("Bad credentials", "token"));
        assertThat(second.notice()).isEmpty();
        assertThat(second.failure()).isEqualTo(first.notice());
        assertThat(opened).hasValue(2);

        github.personalToken("ghp_x");
        assertThat(refresh(nothing()).failure()).isEmpty();
        github.revokeToken("ghp_x");
        assertThat(refresh(nothing()).notice()).as("it is news again").isPresent();
    }

    @Test
    void withoutATokenItSaysSoOnceAndAsksAsSoonAsThereIsOne() {
        instead = new Missing("there is no token: set GITHUB_TOKEN");
        var first = refresh(branches("task/a"));

        assertThat(first.notice()).contains("there is no token: set GITHUB_TOKEN");
        assertThat(first.failure()).isEqualTo(first.notice());
        assertThat(ofBranch(first, "task/a")).isEqualTo(new Unknown("there is no token: set GITHUB_TOKEN"));
        assertThat(refresh(nothing()).notice()).isEmpty();
        assertThat(github.requests()).isEmpty();

        instead = null;
        assertThat(refresh(nothing()).failure()).isEmpty();
    }

    @Test
    void thatAskingIsSwitchedOffIsNoFailure() {
        instead = new SwitchedOff("asking is switched off (TASK_MANAGER_PR_CI_CHECK=0)");
        var answers = refresh(branches("task/a"));

        assertThat(answers.failure()).isEmpty();
        assertThat(answers.notice()).isEmpty();
        assertThat(answers.byNumber(1)).isEqualTo(new Unknown("asking is switched off (TASK_MANAGER_PR_CI_CHECK=0)"));
        assertThat(github.requests()).isEmpty();
    }

    @Test
    void aRepositoryThatTheTokenCannotSeeIsToldOnce() {
        shop.uninstall();

        assertThat(refresh(nothing()).notice()).hasValueSatisfying(told -> assertThat(told).contains("shows nothing"));
        assertThat(refresh(nothing()).notice()).isEmpty();
    }

    @Test
    void closingInterruptsALookupAndNothingIsAskedAfterwards() throws Exception {
        open(12, "task/fix-login");
        var gate = github.gate("GET .*/pulls/12");
        watch.refresh(branches("task/fix-login"), Duration.ZERO);
        gate.awaitArrival();

        watch.close();

        background.close();
        gate.open();
        assertThat(watch.refresh(branches("task/fix-login"), LONG).askedAt()).isEmpty();
        Awaitility.await().until(() -> github.count("GET .*/pulls/12") == 1);
        assertThat(github.count("GET .*/(check-runs|reviews)")).isZero();
    }

    @Test
    void aConnectionThatIsOpenedWhileItIsClosedIsEndedToo() throws Exception {
        var asked = new CountDownLatch(1);
        var answered = new CountDownLatch(1);
        var late = new PullRequestWatch(() -> {
            asked.countDown();
            awaitUninterruptibly(answered);
            return open();
        }, background, clock);
        late.refresh(nothing(), Duration.ZERO);
        asked.await();

        late.close();

        answered.countDown();
        background.close();
        assertThat(hungUp).hasValue(1);
        assertThat(github.requests()).isEmpty();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            awaitUninterruptibly(latch);
        }
    }

    @Test
    void whatNobodyForesawIsAFailureOfOneCycle() {
        var calls = new AtomicInteger();
        var failing = new PullRequestWatch(() -> {
            if (calls.getAndIncrement() == 0) {
                throw new IllegalStateException("\u001b[31m");
            }
            return open();
        }, background, clock);

        assertThat(failing.refresh(nothing(), LONG).failure())
                .hasValueSatisfying(why -> assertThat(why).contains("IllegalStateException").matches("\\P{Cntrl}+"));
        assertThat(failing.refresh(nothing(), LONG).failure()).isEmpty();
        failing.close();
    }

    @Test
    void whoIsInterruptedWhileWaitingGetsWhatIsKnown() {
        var gate = github.gate(LIST);
        Thread.currentThread().interrupt();

        assertThat(refresh(nothing()).failure()).isPresent();

        assertThat(Thread.interrupted()).isTrue();
        gate.open();
    }

    @Test
    void anExecutorThatTakesNothingAnyMoreIsAFailureAndNoCrash() {
        background.close();

        assertThat(refresh(nothing()).failure()).isPresent();
    }

    @Test
    void moreThanIsAskedForAtOnceHasItsTurnInTheNextCycles() {
        var branches = new ArrayList<String>();
        for (int number = 1; number <= 130; number++) {
            open(number, "task/t" + number);
            branches.add("task/t" + number);
        }
        var wanted = branches(branches.toArray(String[]::new));

        var first = refresh(wanted);
        clock.advance(Duration.ofMinutes(3));
        var second = refresh(wanted);

        assertThat(known(first)).isEqualTo(100);
        assertThat(first.failure()).hasValueSatisfying(why -> assertThat(why).contains("next heartbeats"));
        assertThat(known(second)).isEqualTo(130);
        assertThat(second.failure()).as("what has an answer waits for its turn without a word").isEmpty();
        assertThat(second.standing(130).orElseThrow().askedAt()).isEqualTo(clock.instant());
    }

    private static long known(PullRequestAnswers answers) {
        long known = 0;
        for (int number = 1; number <= 130; number++) {
            known += answers.standing(number).isPresent() ? 1 : 0;
        }
        return known;
    }
}
