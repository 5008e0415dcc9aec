package dev.reeve.cli;

import dev.reeve.kit.FakePull;
import dev.reeve.kit.GitRepositories;
import dev.reeve.model.Bucket;
import dev.reeve.model.Pass;
import dev.reeve.model.SignalKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import static dev.reeve.cli.Operator.task;
import static org.assertj.core.api.Assertions.assertThat;

/** Each signal is raised by what it is about and gone with its cause, mostly by doing what its remedy says. */
class SignalsTest {

    /** What a test raises and clears; that it does both is checked when it ends. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    private @interface Raises {
        SignalKind value();
    }

    @TempDir
    private Path folder;
    private final Instant now = Instant.now();
    private Operator operator;
    private Optional<SignalKind> kind = Optional.empty();
    private boolean wasRaised;
    private boolean wasCleared;

    @BeforeEach
    void sitDown(TestInfo test) {
        operator = new Operator(folder, now);
        kind = test.getTestMethod().map(method -> method.getAnnotation(Raises.class)).map(Raises::value);
    }

    @AfterEach
    void leave() {
        var violations = operator.gitHub().violations();
        operator.close();
        assertThat(violations).isEmpty();
        assertThat(wasRaised && wasCleared).as(kind + " raised and cleared").isEqualTo(kind.isPresent());
    }

    @Test
    void noneIsForgotten() {
        assertThat(Stream.of(SignalsTest.class.getDeclaredMethods())
                .map(method -> method.getAnnotation(Raises.class))
                .filter(Objects::nonNull)
                .map(Raises::value)).containsExactlyInAnyOrder(SignalKind.values());
    }

    // What is wrong with files.

    @Test
    @Raises(SignalKind.INVALID_SLUG)
    void aNameThatIsNoSlug() throws IOException {
        operator.write("tasks/Fix_Search.md", task("ready"));
        assertThat(raised().json().path("signals").toString()).contains("tasks/Fix_Search.md");

        Files.move(operator.checkout().resolve("tasks/Fix_Search.md"),
                operator.checkout().resolve("tasks/fix-search.md"));
        assertThat(cleared().bucket("fix-search")).isEqualTo("ready");
    }

    @Test
    @Raises(SignalKind.DUPLICATE_SLUG)
    void oneSlugInTwoFiles() throws IOException {
        operator.write("tasks/m1/fix-login.md", task("ready"));
        assertThat(raised().dispatchable("fix-login")).isFalse();

        Files.delete(operator.checkout().resolve("tasks/m1/fix-login.md"));
        assertThat(cleared().bucket("fix-login")).isEqualTo("ready");
    }

    @Test
    @Raises(SignalKind.INVALID_FRONTMATTER)
    void frontmatterThatIsNoYaml() {
        operator.write("tasks/fix-login.md", "---\ntitle: [Fix\nstatus: ready\n---\n");
        assertThat(raised().bucket("fix-login")).isEqualTo("needs_attention");
        assertThat(operator.run("status").out()).contains("tasks/fix-login.md:");

        operator.write("tasks/fix-login.md", task("ready"));
        assertThat(cleared().bucket("fix-login")).isEqualTo("ready");
    }

    @Test
    @Raises(SignalKind.INVALID_STATUS)
    void aStatusThatThereIsNot() {
        operator.write("tasks/fix-login.md", task("finished"));
        assertThat(raised().says("fix-login", "invalid_status")).contains("finished");

        operator.write("tasks/fix-login.md", task("completed"));
        assertThat(cleared().bucket("fix-login")).isEqualTo("done");
    }

    @Test
    @Raises(SignalKind.UNROUTABLE_OWNER)
    void anOwnerWhoIsNobody() {
        operator.publish(".reeve.yml", "owners: {dave: {}}\n");
        operator.write("tasks/fix-login.md", task("ready").replace("owner: dave", "owner: martian"));
        assertThat(raised().says("fix-login", "unroutable_owner")).contains("martian");

        runs("task", "set", "fix-login", "owner=dave");
        cleared();
    }

    @Test
    @Raises(SignalKind.UNKNOWN_DEPENDENCY)
    void aDependencyThatIsNoTask() {
        operator.write("tasks/fix-login.md", task("ready", "depends_on:", "  - add-search"));
        assertThat(raised().place("fix-login")).isEqualTo("tasks/fix-login.md:6:5");

        operator.write("tasks/add-search.md", task("completed"));
        assertThat(cleared().bucket("fix-login")).isEqualTo("ready");
    }

    @Test
    @Raises(SignalKind.DEPENDENCY_CYCLE)
    void tasksThatWaitForEachOther() {
        operator.write("tasks/fix-login.md", task("ready", "depends_on: [other, add-search]"));
        operator.write("tasks/add-search.md", task("ready", "priority: p1", "depends_on: [fix-login]"));
        operator.write("tasks/other.md", task("completed"));
        var seen = raised();
        assertThat(seen.place("fix-login")).isEqualTo("tasks/fix-login.md:5:21");
        assertThat(seen.place("add-search")).isEqualTo("tasks/add-search.md:6:14");

        runs("task", "set", "add-search", "depends_on=");
        assertThat(cleared().bucket("add-search")).isEqualTo("ready");
    }

    @Test
    @Raises(SignalKind.STATE_FILE_CORRUPT)
    void aDispatchStatusThatCantBeRead() {
        operator.dispatched("fix-login", "{\"state\":");
        assertThat(raised().bucket("fix-login")).isEqualTo("needs_attention");

        runs("reconcile", "fix-login");
        assertThat(cleared().bucket("fix-login")).isEqualTo("ready");
        assertThat(operator.names(operator.checkout().resolve("tasks/logs")))
                .anyMatch(name -> name.startsWith("dispatch-fix-login.status.json.corrupt-"));
    }

    // What nobody does.

    @Test
    @Raises(SignalKind.PICKUP_OVERDUE)
    void aTaskThatNobodyPicksUp() {
        operator.aged("tasks/fix-login.md", Duration.ofMinutes(29));
        assertThat(operator.beat().signals("fix-login")).isEmpty();
        operator.aged("tasks/fix-login.md", Duration.ofMinutes(31));
        var seen = raised();
        assertThat(seen.says("fix-login", "pickup_overdue")).contains("31 min");
        assertThat(seen.dispatchable("fix-login")).isTrue();

        runs("task", "set", "fix-login", "status=in_progress");
        assertThat(cleared().bucket("fix-login")).isEqualTo("active");
    }

    @Test
    @Raises(SignalKind.STUCK_IN_PROGRESS)
    void aTaskInProgressThatIsForgotten() {
        operator.publish("tasks/fix-login.md", task("in_progress"));
        assertThat(operator.beat().bucket("fix-login")).isEqualTo("active");
        operator.aged("tasks/fix-login.md", Duration.ofHours(2));
        assertThat(raised().says("fix-login", "stuck_in_progress")).contains("2 h");

        runs("reconcile", "fix-login");
        assertThat(cleared().bucket("fix-login")).isEqualTo("ready");
    }

    @Test
    @Raises(SignalKind.STALE_IN_PROGRESS_RECONCILE)
    void aTaskInProgressThatLooksDone() {
        operator.write("tasks/fix-login.md", task("in_progress"));
        operator.worktree("fix-login");
        assertThat(raised().says("fix-login", "stale_in_progress_reconcile")).contains("a commit");

        runs("task", "set", "fix-login", "status=blocked");
        assertThat(cleared().bucket("fix-login")).isEqualTo("waiting");
    }

    // What runs have left.

    @Test
    @Raises(SignalKind.DISPATCH_FAILED)
    void aRunThatFailed() {
        ran("fix-login", "\"state\":\"exited\",\"exit_code\":2", Duration.ofMinutes(10));
        var seen = raised();
        assertThat(seen.says("fix-login", "dispatch_failed")).contains("exit code 2", "10 min ago");
        assertThat(seen.dispatchable("fix-login")).isTrue();

        ran("fix-login", "\"state\":\"exited\",\"exit_code\":0,\"outcome\":\"completed_with_pr\"", Duration.ZERO);
        operator.pull(12, "fix-login");
        assertThat(cleared().bucket("fix-login")).isEqualTo("waiting");
    }

    @Test
    @Raises(SignalKind.DISPATCH_RETRY_COOLDOWN)
    void theRestAfterARunThatFailed() {
        ran("fix-login", "\"state\":\"failed\"", Duration.ofMinutes(4));
        assertThat(raised().dispatchable("fix-login")).isFalse();

        ran("fix-login", "\"state\":\"failed\"", Duration.ofMinutes(6));
        assertThat(cleared().dispatchable("fix-login")).isTrue();
    }

    @Test
    @Raises(SignalKind.DISPATCH_STALLED)
    void aLiveWorkerThatSaysNothing() {
        try (var worker = LiveProcess.start()) {
            ran("fix-login", "\"state\":\"running\"," + worker.keys(), Duration.ofMinutes(20));
            operator.aged("tasks/logs/dispatch-fix-login.log", Duration.ofMinutes(20));
            assertThat(raised().says("fix-login", "dispatch_stalled")).contains("20 min");

            operator.write("tasks/logs/dispatch-fix-login.log", "said\nand said\n");
            var seen = cleared();
            assertThat(seen.bucket("fix-login")).isEqualTo("active");
            assertThat(seen.task("fix-login").path("reason").asText())
                    .isEqualTo("a worker has been at it for 30 min");
        }
    }

    @Test
    @Raises(SignalKind.DISPATCH_WORKER_GONE)
    void aWorkerThatVanished() {
        try (var worker = LiveProcess.start()) {
            ran("fix-login", "\"state\":\"running\"," + worker.keys(), Duration.ZERO);
            assertThat(operator.beat().signals("fix-login")).isEmpty();
        }
        assertThat(raised().signals("fix-login").getFirst()).isEqualTo("dispatch_worker_gone");

        operator.write("tasks/logs/dispatch-fix-login.tombstone.json",
                "{\"run_id\":\"r1\",\"state\":\"exited\",\"exit_code\":0,\"outcome\":\"blocked\"}");
        cleared();
    }

    @Test
    @Raises(SignalKind.DISPATCH_COMPLETED_UNRECONCILED)
    void aRunThatEndedWellWithNothingToShow() {
        operator.register("dave", "fix-login", operator.worktree("fix-login"));
        ran("fix-login", "\"state\":\"exited\",\"exit_code\":0", Duration.ofMinutes(1));
        assertThat(raised().dispatchable("fix-login")).isFalse();

        operator.pull(12, "fix-login");
        assertThat(cleared().bucket("fix-login")).isEqualTo("waiting");
    }

    @Test
    @Raises(SignalKind.DISPATCH_PAUSED)
    void aUsageLimitOfOneWorkerHoldsUpAll() {
        operator.write("tasks/add-search.md", task("ready"));
        ran("fix-login", "\"state\":\"exited\",\"exit_code\":1,\"retry_at\":\"" + now.plusSeconds(600) + "\"",
                Duration.ofMinutes(1));
        var seen = raised();
        assertThat(seen.dispatchable("add-search")).isFalse();
        assertThat(seen.signals("fix-login")).doesNotContain("dispatch_failed");

        ran("fix-login", "\"state\":\"exited\",\"exit_code\":1,\"retry_at\":\"" + now.minusSeconds(1) + "\"",
                Duration.ofMinutes(1));
        assertThat(cleared().dispatchable("add-search")).isTrue();
    }

    // What worktrees and registers have left.

    @Test
    @Raises(SignalKind.METADATA_DRIFT)
    void aWorktreesCopyThatSaysSomethingElse() {
        operator.aged("tasks/fix-login.md", Duration.ofMinutes(5));
        var worktree = operator.worktree("fix-login");
        Operator.write(worktree.resolve("tasks/fix-login.md"), task("blocked", "pr_number: 12"));
        assertThat(raised().says("fix-login", "metadata_drift")).startsWith("attention")
                .contains("status, pr_number");

        runs("task", "set", "fix-login", "status=blocked", "pr_number=12");
        cleared();
    }

    @Test
    @Raises(SignalKind.REGISTER_ORPHAN)
    void anEntryThatOutlivesItsWork() throws IOException {
        operator.publish("tasks/fix-login.md", task("completed", "completed_at: 2026-03-20"));
        var worktree = operator.worktree("fix-login");
        Operator.write(worktree.resolve("half-done.txt"), "not saved\n");
        operator.register("dave", "fix-login", worktree);
        var seen = raised();
        assertThat(seen.says("fix-login", "register_orphan")).contains("uncommitted work");
        assertThat(seen.remedy("fix-login")).contains("`reeve reconcile fix-login`");

        Files.delete(worktree.resolve("half-done.txt"));
        runs("reconcile", "fix-login");
        cleared();
        assertThat(worktree).doesNotExist();
    }

    @Test
    void anEntryWhoseWorktreeIsGoneTellsTheOneCommandThatTakesItOut() {
        operator.register("dave", "fix-login", folder.resolve("trees/gone"));
        var seen = operator.beat();
        assertThat(seen.says("fix-login", "register_orphan")).contains("its worktree is gone");
        assertThat(seen.remedy("fix-login")).contains("`reeve register prune --force fix-login`");

        runs("register", "prune", "fix-login");
        assertThat(operator.beat().signals("fix-login")).containsExactly("register_orphan");
        runs("register", "prune", "--force", "fix-login");
        assertThat(operator.beat().signals("fix-login")).isEmpty();
    }

    @Test
    @Raises(SignalKind.ORPHANED_WORKTREE)
    void aWorktreeThatOutlivesItsTask() {
        operator.publish("tasks/fix-login.md", task("completed", "completed_at: 2026-03-20"));
        var worktree = operator.worktree("fix-login");
        operator.commitIn(worktree, "unpushed.txt");
        var seen = raised();
        assertThat(seen.says("fix-login", "orphaned_worktree")).startsWith("info").contains("unpushed commits");
        assertThat(seen.bucket("fix-login")).isEqualTo("done");

        GitRepositories.git(worktree, "push", "--quiet", "origin", "task/fix-login");
        runs("reconcile", "fix-login");
        cleared();
        assertThat(worktree).doesNotExist();
    }

    // What GitHub says.

    @Test
    @Raises(SignalKind.PR_CI_FAILING)
    void checksThatFail() {
        var head = approved(12).headSha();
        operator.repository().ci(head, "build", "failure");
        assertThat(raised().says("fix-login", "pr_ci_failing")).contains("PR #12", "build");

        operator.repository().ci(head, "build", "success");
        assertThat(cleared().task("fix-login").path("reason").asText()).contains("merge it");
    }

    @Test
    @Raises(SignalKind.PR_CHANGES_REQUESTED)
    void aReviewThatWantsChanges() {
        var pull = operator.pull(12, "fix-login").review("ann", "CHANGES_REQUESTED");
        assertThat(raised().says("fix-login", "pr_changes_requested")).contains("ann");

        pull.asks("ann");
        assertThat(cleared().signals("fix-login")).containsExactly("pr_review_pending");
    }

    @Test
    @Raises(SignalKind.PR_CONFLICT)
    void aPullRequestThatConflicts() {
        var pull = approved(12).mergeable(false);
        assertThat(raised().bucket("fix-login")).isEqualTo("needs_attention");

        pull.mergeable(true);
        assertThat(cleared().bucket("fix-login")).isEqualTo("waiting");
    }

    @Test
    @Raises(SignalKind.PR_REVIEW_PENDING)
    void aPullRequestThatNobodyHasReviewed() {
        var pull = operator.pull(12, "fix-login");
        assertThat(raised().bucket("fix-login")).isEqualTo("waiting");

        pull.review("ann", "APPROVED");
        cleared();
    }

    @Test
    @Raises(SignalKind.PR_CLOSED_UNMERGED)
    void aPullRequestThatWasClosed() {
        var pull = operator.pull(12, "fix-login").close();
        assertThat(raised().dispatchable("fix-login")).isFalse();

        pull.reopen();
        assertThat(cleared().bucket("fix-login")).isEqualTo("waiting");
    }

    @Test
    @Raises(SignalKind.REOPENED)
    void aTaskThatWasTakenUpAgain() {
        operator.pull(12, "fix-login").merge();
        operator.publish("tasks/fix-login.md", task("ready", "pr_number: 12", "completed_by: rj"));
        assertThat(raised().dispatchable("fix-login")).isTrue();

        operator.pull(14, "fix-login");
        runs("task", "set", "fix-login", "pr_number=14");
        assertThat(cleared().bucket("fix-login")).isEqualTo("waiting");
    }

    @Test
    @Raises(SignalKind.LOOKUP_FAILED)
    void gitHubThatCantBeAsked() {
        operator.register("dave", "fix-login", operator.worktree("fix-login"));
        operator.gitHub().revokeToken("ghp_dave");
        var seen = raised();
        assertThat(seen.signals()).containsExactly("lookup_failed");
        assertThat(seen.signals("fix-login")).containsExactly("lookup_failed");
        assertThat(operator.run("status").out()).doesNotContain("ghp_dave");

        operator.gitHub().personalToken("ghp_dave");
        cleared();
    }

    @Test
    void whoAsksNothingIsNeitherToldSoNorBlamed() {
        operator.register("dave", "fix-login", operator.worktree("fix-login"));
        var seen = operator.with("TASK_MANAGER_PR_CI_CHECK", "0").beat();
        assertThat(seen.signals()).isEmpty();
        assertThat(seen.signals("fix-login")).isEmpty();
        assertThat(operator.run("heartbeat", "--once", "--no-reconcile").err()).isEmpty();
        assertThat(operator.gitHub().requests()).isEmpty();
        assertThat(operator.run("explain", "fix-login").out()).contains("asking is switched off");
    }

    // The heartbeat itself.

    @Test
    @Raises(SignalKind.PASS_FAILED)
    void aPassThatFails() throws IOException {
        operator.write("tasks/broken.md", "---\nstatus: nope\n---\n");
        operator.publish("tasks/fix-login.md", task("in_progress"));
        var tree = operator.git("rev-parse", "HEAD^{tree}").strip();
        var object = operator.checkout().resolve(".git/objects/" + tree.substring(0, 2) + "/" + tree.substring(2));
        var content = Files.readAllBytes(object);
        Files.delete(object);
        assertThat(raised().signals("broken")).contains("invalid_status");
        assertThat(operator.run("status").out()).contains("the pass reconcile failed").contains("fix-login");

        Files.write(object, content);
        assertThat(cleared().bucket("fix-login")).isEqualTo("active");
    }

    @Test
    void everyBucketIsReached() {
        operator.publish(".reeve.yml", "owners: {dave: {}, rj: {}}\n");
        operator.write("tasks/elsewhere.md", task("ready").replace("owner: dave", "owner: rj"));
        operator.write("tasks/done.md", task("cancelled"));
        operator.write("tasks/needs-attention.md", task("ready", "depends_on: [nothing]"));
        operator.write("tasks/active.md", task("in_progress"));
        operator.write("tasks/waiting.md", task("blocked"));
        operator.write("tasks/ready.md", task("ready"));
        operator.write("tasks/backlog.md", task("not_started"));

        var seen = operator.beat();

        for (var bucket : Bucket.values()) {
            assertThat(seen.bucket(bucket.id().replace('_', '-'))).isEqualTo(bucket.id());
            assertThat(seen.count(bucket.id())).as(bucket.id()).isEqualTo(bucket == Bucket.READY ? 2 : 1);
        }
    }

    @ParameterizedTest
    @EnumSource(Pass.class)
    void aPassThatIsSwitchedOffFindsNothing(Pass pass) {
        var signal = situation(pass);
        operator.publish(".reeve.yml", "heartbeat: {off: [" + pass.id() + "]}\n");
        var without = operator.beat();
        var pruned = !operator.state("task-manager-dave.register.json").contains("\"over\"");
        operator.publish(".reeve.yml", "heartbeat: {off: []}\n");
        var with = operator.beat();

        assertThat(without.signals("fix-login")).doesNotContain(signal);
        assertThat(pruned).isEqualTo(pass != Pass.RECONCILE);
        assertThat(operator.state("task-manager-dave.register.json")).doesNotContain("\"over\"");
        if (pass != Pass.RECONCILE) {
            assertThat(with.signals("fix-login")).contains(signal);
        }
    }

    /** Something that the pass finds, and an entry that is over. */
    private String situation(Pass pass) {
        operator.write("tasks/over.md", task("completed"));
        operator.register("dave", "over", folder.resolve("trees/over"));
        return switch (pass) {
            case RECONCILE -> "none";
            case PR_ATTENTION -> {
                operator.pull(12, "fix-login");
                yield "pr_review_pending";
            }
            case REGISTER_ORPHANS -> {
                operator.publish("tasks/fix-login.md", task("completed", "completed_at: 2026-03-20"));
                operator.commitIn(operator.worktree("fix-login"), "unpushed.txt");
                yield "orphaned_worktree";
            }
            case METADATA_DRIFT -> {
                operator.aged("tasks/fix-login.md", Duration.ofMinutes(5));
                Operator.write(operator.worktree("fix-login").resolve("tasks/fix-login.md"), task("blocked"));
                yield "metadata_drift";
            }
            case DISPATCH_UNRECONCILED -> {
                ran("fix-login", "\"state\":\"exited\",\"exit_code\":0", Duration.ofMinutes(1));
                yield "dispatch_completed_unreconciled";
            }
            case STALE_IN_PROGRESS -> {
                operator.write("tasks/fix-login.md", task("in_progress"));
                operator.worktree("fix-login");
                yield "stale_in_progress_reconcile";
            }
        };
    }

    private FakePull approved(int number) {
        return operator.pull(number, "fix-login").review("ann", "APPROVED");
    }

    /** A run that was last heard of so long ago, and began ten minutes before. */
    private void ran(String slug, String status, Duration ago) {
        var updated = now.minus(ago);
        operator.dispatched(slug, "{\"run_id\":\"r1\",%s,\"started_at\":\"%s\",\"updated_at\":\"%s\"}"
                .formatted(status, updated.minusSeconds(600), updated));
    }

    private Seen raised() {
        var seen = operator.beat();
        assertThat(kinds(seen)).contains(kind.orElseThrow().id());
        wasRaised = true;
        return seen;
    }

    private Seen cleared() {
        assertThat(wasRaised).isTrue();
        var seen = operator.beat();
        assertThat(kinds(seen)).doesNotContain(kind.orElseThrow().id());
        wasCleared = true;
        return seen;
    }

    private static List<String> kinds(Seen seen) {
        return Stream.concat(seen.signals().stream(), seen.signals("fix-login").stream()).toList();
    }

    private void runs(String... command) {
        var ran = operator.run(command);
        assertThat(ran.exit()).as(Arrays.toString(command) + ran.out() + ran.err()).isZero();
    }
}
