package dev.reeve.work;

import dev.reeve.decide.ReconcilePolicy;
import dev.reeve.decide.ReconcilePolicy.Worktrees;
import dev.reeve.git.Credentials;
import dev.reeve.git.Git;
import dev.reeve.git.Identity;
import dev.reeve.git.ManagedClone;
import dev.reeve.github.AppIdentity;
import dev.reeve.github.AppKey;
import dev.reeve.github.Endpoint;
import dev.reeve.github.GitHubApp;
import dev.reeve.inbox.Arrival;
import dev.reeve.inbox.Databases;
import dev.reeve.inbox.Inbox;
import dev.reeve.inbox.KnownRepository;
import dev.reeve.inbox.Samples;
import dev.reeve.kit.FakeCheckRun;
import dev.reeve.kit.FakeGitHub;
import dev.reeve.kit.FakeRepository;
import dev.reeve.kit.GitRepositories;
import dev.reeve.kit.Project;
import dev.reeve.kit.SettableClock;
import dev.reeve.model.Outcome;
import dev.reeve.model.Proxies;
import dev.reeve.model.Publish;
import dev.reeve.model.Subject;
import dev.reeve.model.Trigger;
import dev.reeve.model.WorkKey;
import dev.reeve.reconcile.CloneBranch;
import dev.reeve.reconcile.CloneTip;
import dev.reeve.reconcile.PushWriter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** Two replicas, each with a clone of its own, take turns at the work: which of them does what is up to the story, and nothing else runs. */
class HandedOverTest {

    private static final Duration LEASE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private final SettableClock clock = SettableClock.atNoon();
    private FakeGitHub gitHub;
    private GitRepositories.Remote remote;
    private FakeRepository shop;
    private GitHubApp app;
    private Inbox inbox;
    private Replica one;
    private Replica other;

    @BeforeEach
    void start() {
        gitHub = FakeGitHub.start(clock);
        remote = new GitRepositories(folder).remote("shop");
        remote.commit("main").file("tasks/t9.md", Project.taskFile("The ninth", "ready")).push("The shop");
        shop = gitHub.repository("acme/shop", remote.path());
        var endpoint = new Endpoint(gitHub.apiUrl(), Proxies.none(), Duration.ofSeconds(5), Duration.ofSeconds(15));
        app = new GitHubApp(endpoint,
                new AppIdentity(gitHub.app().clientId(), AppKey.parse(gitHub.app().privateKeyPem(), "test")), clock);
        inbox = Inbox.open(Samples.settings(Databases.SQLITE.fresh(), clock));
        inbox.repositories()
                .put(new KnownRepository(shop.id(), shop.name(), shop.installation().id(), KnownRepository.State.ACTIVE,
                        null, null), clock.instant(), List.of())
                .join();
        one = new Replica("one");
        other = new Replica("other");
    }

    @AfterEach
    void stop() {
        one.clone.close();
        other.clone.close();
        inbox.close();
        app.close();
        gitHub.close();
    }

    private final class Replica {
        private final AtomicInteger calls = new AtomicInteger();
        private final String name;
        private final ManagedClone clone;
        private final Works works;

        Replica(String name) {
            this.name = name;
            this.clone = ManagedClone.open(Git.onPath(), folder.resolve(name), remote.url(), () -> {
                calls.incrementAndGet();
                return Credentials.none();
            });
            var client = app.repository(shop.name());
            var branch = new CloneBranch(clone, client::defaultBranch, clock);
            var writer = new PushWriter(branch, new Identity("reeve", "reeve@example.com"), clock);
            var site = new Site(shop.name(), client, branch, writer, Optional.empty());
            this.works = new Works(_ -> site, this::policy,
                    new Holdings(inbox.repositories(), app.installations(), _ -> {}, _ -> {}, clock::instant),
                    new SimpleMeterRegistry());
        }

        private ReconcilePolicy policy(CloneTip tip) {
            var team = tip.configuration();
            return new ReconcilePolicy(clock.instant(), tip.branch(), team.heartbeat().idle(),
                    team.reconcile().worktreeRetention(), team.owners(), Publish.PUSH, Worktrees.LEFT_ALONE);
        }

        /** Takes what is due next, which is this, and does it. */
        void does(Subject subject) {
            var claim = inbox.queue().claim(name, 1, LEASE).join().getFirst();
            assertThat(claim.key().subject()).isEqualTo(subject);
            var result = works.run(claim);
            assertThat(result.outcome()).isEqualTo(new Outcome.Done());
            inbox.queue().finish(claim, result.outcome(), result.followUps()).join();
        }

        /** How often its git has talked to the remote. */
        int calls() {
            return calls.get();
        }
    }

    private static final Subject PULL = new Subject.OfPullRequest(9);
    private static final Subject TASK = Subject.parse("task/t9").orElseThrow();
    private static final Subject CHECK = new Subject.OfCheck(9);
    private static final Subject ALL = new Subject.OfAll();

    private void merge() {
        remote.branch("task/t9", "main");
        remote.commit("task/t9").file("work.txt", "work\n").push("Work");
        shop.openPull(9).from("task/t9").body("Task: t9").merge();
    }

    private void isWanted(Subject subject) {
        isWanted(subject, "GitHub tells of it");
    }

    private void isWanted(Subject subject, String cause) {
        var arrival = new Arrival(new WorkKey(shop.name(), subject), Trigger.of(cause));
        inbox.queue().enqueue(List.of(arrival)).join();
    }

    private FakeCheckRun check() {
        return shop.checkRun(shop.pull(9).headSha(), "reeve").orElseThrow();
    }

    @Test
    void theCheckRunKnowsTheCompletionThatAnotherReplicaPushed() {
        merge();
        isWanted(PULL);
        other.does(PULL);
        one.does(TASK);

        other.does(CHECK);

        assertThat(check().title()).isEqualTo("Completed t9");
    }

    @Test
    void aReplicaThatHearsOfAnEditKnowsTheCompletionToo() {
        merge();
        isWanted(PULL);
        other.does(PULL);
        one.does(TASK);
        one.does(CHECK);

        isWanted(CHECK);
        other.does(CHECK);

        assertThat(check().title()).isEqualTo("Completed t9");
    }

    @Test
    void whoHasPushedTheCompletionAsksTheRemoteNothingForTheCheckRun() {
        merge();
        isWanted(PULL);
        one.does(PULL);
        one.does(TASK);
        int before = one.calls();

        one.does(CHECK);

        assertThat(check().title()).isEqualTo("Completed t9");
        assertThat(one.calls()).isEqualTo(before);
    }

    @Test
    void aTaskIsLookedAtInNoOlderStateThanTheOneItWasFoundIn() {
        remote.commit("main").file("tasks/t9.md", "---\nstatus: soon\n---\n").push("No status yet");
        merge();
        isWanted(PULL);
        other.does(PULL);
        one.does(TASK);
        one.does(CHECK);
        remote.commit("main").file("tasks/t9.md", Project.taskFile("The ninth", "ready")).push("Here it is");

        isWanted(ALL);
        one.does(ALL);
        one.does(PULL);
        other.does(TASK);
        one.does(CHECK);

        assertThat(check().title()).isEqualTo("Completed t9");
    }

    @Test
    void aTaskThatWaitsForALimitSaysUntilWhen() {
        merge();
        isWanted(CHECK, "t9 waits until " + clock.instant().plus(Duration.ofMinutes(5)));

        one.does(CHECK);

        assertThat(check().title()).startsWith("Merged, waiting until ");
        assertThat(check().summary()).contains("GitHub's rate limit is used up; it goes on by itself at ");
    }

    @Test
    void aWaitThatIsOverIsLeftToWhatHasWaited() {
        merge();
        isWanted(CHECK, "t9 waits until " + clock.instant());
        int before = gitHub.requests().size();

        one.does(CHECK);

        assertThat(gitHub.requests()).hasSize(before);
    }
}
