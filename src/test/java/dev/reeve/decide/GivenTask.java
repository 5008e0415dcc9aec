package dev.reeve.decide;

import dev.reeve.model.AtMerge;
import dev.reeve.model.BranchName;
import dev.reeve.model.DeskFacts;
import dev.reeve.model.DeskFacts.Claim;
import dev.reeve.model.DeskFacts.DispatchFiles;
import dev.reeve.model.DeskFacts.LastRun;
import dev.reeve.model.DeskFacts.WorktreePlace;
import dev.reeve.model.LocalState;
import dev.reeve.model.MergeVisibility;
import dev.reeve.model.OwnerKey;
import dev.reeve.model.Owners;
import dev.reeve.model.Priority;
import dev.reeve.model.Publish;
import dev.reeve.model.PullRequest;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.RegisterEntry;
import dev.reeve.model.Run;
import dev.reeve.model.Sha;
import dev.reeve.model.Slug;
import dev.reeve.model.Task;
import dev.reeve.model.TaskCopy;
import dev.reeve.model.TaskFacts;
import dev.reeve.model.TaskPath;
import dev.reeve.model.TaskStatus;
import dev.reeve.model.Worktree;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Facts about the task {@code fix-login}, built up in the words of a story. */
final class GivenTask {

    static final Slug SLUG = new Slug("fix-login");
    static final Instant NOW = Instant.parse("2026-03-28T12:00:00Z");
    static final Sha MERGE = new Sha("ab".repeat(20));
    static final Sha HEAD = new Sha("cd".repeat(20));
    static final Path WORKTREE = Path.of("/work/trees/fix-login");

    private TaskStatus published = TaskStatus.READY;
    private TaskStatus root = TaskStatus.READY;
    private @Nullable Integer prNumber;
    private Map<String, String> rootKeys = Map.of();
    private Map<String, String> publishedKeys = Map.of();
    private Map<String, String> worktreeKeys = Map.of();
    private boolean reviewed;
    private AtMerge atMerge = new AtMerge.NotAsked();
    private @Nullable String unreadable;
    private Instant rootModified = NOW.minus(Duration.ofDays(1));
    private Instant worktreeModified = NOW.minus(Duration.ofDays(1));
    private LocalState rootState = LocalState.UNCHANGED;
    private boolean desk = true;
    private boolean missing;
    private Claim claim = new Claim.None();
    private @Nullable Worktree worktree;
    private LastRun run = new LastRun.None();
    private DispatchFiles dispatchFiles = DispatchFiles.ABSENT;
    private PullRequestLookup pullRequest = new PullRequestLookup.None();
    private MergeVisibility merge = MergeVisibility.NONE;
    private Publish publish = Publish.PUSH;
    private ReconcilePolicy.Worktrees worktrees = ReconcilePolicy.Worktrees.REMOVED_WHEN_DONE;

    static GivenTask aTask() {
        return new GivenTask();
    }

    GivenTask status(TaskStatus status) {
        published = status;
        root = status;
        return this;
    }

    GivenTask rootStatus(TaskStatus status) {
        root = status;
        return this;
    }

    GivenTask missing() {
        missing = true;
        return this;
    }

    GivenTask carrying(int number) {
        prNumber = number;
        return this;
    }

    GivenTask withoutDesk() {
        desk = false;
        return this;
    }

    GivenTask rootChangedByOperator() {
        rootState = LocalState.MODIFIED;
        return this;
    }

    GivenTask publishing(Publish mode) {
        publish = mode;
        return this;
    }

    GivenTask worktreesLeftAlone() {
        worktrees = ReconcilePolicy.Worktrees.LEFT_ALONE;
        return this;
    }

    GivenTask registered() {
        claim = new Claim.Held(new OwnerKey("dave"), new RegisterEntry(SLUG, "tasks/fix-login.md", WORKTREE.toString(),
                "task/fix-login", null, null, null, 1, "r1", null));
        return this;
    }

    GivenTask worktree(boolean clean, boolean pushed, Duration idleFor) {
        worktree = new Worktree(WORKTREE, new BranchName("task/fix-login"), HEAD, clean, pushed, 0,
                NOW.minus(idleFor),
                12_000_000);
        return this;
    }

    GivenTask worktreeAhead(int commits) {
        var w = Objects.requireNonNull(worktree);
        worktree = new Worktree(w.path(), w.branch(), w.head(), w.clean(), w.pushed(), commits, w.lastActivity(),
                w.bytes());
        return this;
    }

    GivenTask reviewed() {
        reviewed = true;
        return this;
    }

    GivenTask keys(Map<String, String> keys) {
        rootKeys = keys;
        publishedKeys = keys;
        return this;
    }

    /** In the merge its file had this status and number. */
    GivenTask inTheMerge(TaskStatus status, @Nullable Integer number) {
        var now = prNumber;
        prNumber = number;
        atMerge = new AtMerge.Stated(new TaskCopy.Valid(task(status, Map.of()), null));
        prNumber = now;
        return this;
    }

    GivenTask worktreeUnreadable(String reason) {
        unreadable = reason;
        return this;
    }

    GivenTask worktreeSays(Map<String, String> keys, Duration ago) {
        worktreeKeys = keys;
        worktreeModified = NOW.minus(ago);
        return this;
    }

    GivenTask rootTouched(Duration ago) {
        rootModified = NOW.minus(ago);
        return this;
    }

    GivenTask run(String state, boolean alive, @Nullable Integer exitCode) {
        run = new LastRun.Known(new Run("r1", state, alive, exitCode, null, null, NOW, null, null, null));
        dispatchFiles = DispatchFiles.PRESENT;
        return this;
    }

    GivenTask runUnreadable() {
        run = new LastRun.Unreadable("not JSON");
        dispatchFiles = DispatchFiles.PRESENT;
        return this;
    }

    GivenTask pullRequest(PullRequest.State state) {
        return pullRequest(state, "main");
    }

    GivenTask pullRequest(PullRequest.State state, String base) {
        boolean merged = state == PullRequest.State.MERGED;
        pullRequest = new PullRequestLookup.Found(
                new PullRequest(12, "Fix it", "", "dave-fowler", state, "task/fix-login", HEAD, false, base,
                        merged ? Instant.parse("2026-03-27T10:11:12Z") : null, merged ? MERGE : null,
                        "https://github.com/acme/shop/pull/12"));
        merge = merged && base.equals("main") ? MergeVisibility.REACHABLE : MergeVisibility.NONE;
        return this;
    }

    GivenTask pullRequestBy(String login) {
        if (pullRequest instanceof PullRequestLookup.Found(var p)) {
            pullRequest = new PullRequestLookup.Found(
                    new PullRequest(p.number(), p.title(), p.body(), login, p.state(), p.headBranch(),
                            p.headSha(), p.fromFork(), p.base(), p.mergedAt(), p.mergeCommit(), p.url()));
        }
        return this;
    }

    GivenTask mergeNotVisible() {
        merge = MergeVisibility.NOT_YET;
        return this;
    }

    GivenTask pullRequestUnknown() {
        pullRequest = new PullRequestLookup.Unknown("timed out");
        return this;
    }

    TaskPlan decide() {
        return ReconcileDecision.decide(facts(), policy());
    }

    ReconcilePolicy policy() {
        return new ReconcilePolicy(NOW, new BranchName("main"), Duration.ofHours(1), Duration.ofHours(24),
                Owners.none(), publish, worktrees);
    }

    TaskFacts facts() {
        TaskCopy onMain = missing ? new TaskCopy.Absent() : new TaskCopy.Valid(task(published, publishedKeys), null);
        return new TaskFacts(SLUG, onMain, desk ? atDesk() : new DeskFacts.NoDesk(), pullRequest, merge,
                atMerge);
    }

    private DeskFacts atDesk() {
        TaskCopy atRoot = missing ? new TaskCopy.Absent() : new TaskCopy.Valid(task(root, rootKeys), rootModified);
        WorktreePlace place = worktree == null ? new WorktreePlace.Gone()
                : new WorktreePlace.There(worktree, new TaskCopy.Valid(task(root, worktreeKeys), worktreeModified));
        place = unreadable == null ? place : new WorktreePlace.Unreadable(unreadable);
        return new DeskFacts.AtDesk(atRoot, rootState, claim, place, run, dispatchFiles);
    }

    private Task task(TaskStatus status, Map<String, String> more) {
        var keys = new LinkedHashMap<String, String>();
        keys.put("title", "Fix the login");
        keys.put("status", status.id());
        if (status == TaskStatus.COMPLETED) {
            keys.put("pr_merged_at", "2026-03-20T10:00:00Z");
        }
        keys.putAll(more);
        return new Task(SLUG, new TaskPath("tasks/fix-login.md"), "Fix the login", status, Priority.P2, null, "dave",
                List.of(),
                BranchName.ofTask(SLUG), prNumber, keys, List.of(), reviewed);
    }
}
