package dev.reeve.decide;

import dev.reeve.model.BeatFacts;
import dev.reeve.model.BeatFacts.Dependency;
import dev.reeve.model.BranchName;
import dev.reeve.model.CatalogEntry;
import dev.reeve.model.DeskFacts;
import dev.reeve.model.DeskFacts.AtDesk;
import dev.reeve.model.DeskFacts.Claim;
import dev.reeve.model.DeskFacts.DispatchFiles;
import dev.reeve.model.DeskFacts.LastRun;
import dev.reeve.model.DeskFacts.WorktreePlace;
import dev.reeve.model.Fault;
import dev.reeve.model.Judgement;
import dev.reeve.model.LocalState;
import dev.reeve.model.OwnerKey;
import dev.reeve.model.Owners;
import dev.reeve.model.Pass;
import dev.reeve.model.Place;
import dev.reeve.model.Priority;
import dev.reeve.model.PullRequest;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.PullRequestStanding;
import dev.reeve.model.PullRequestStanding.Checks;
import dev.reeve.model.PullRequestStanding.Mergeability;
import dev.reeve.model.PullRequestStanding.Reviews;
import dev.reeve.model.RegisterEntry;
import dev.reeve.model.Run;
import dev.reeve.model.Signal;
import dev.reeve.model.SignalKind;
import dev.reeve.model.Slug;
import dev.reeve.model.Task;
import dev.reeve.model.TaskCopy;
import dev.reeve.model.TaskFacts;
import dev.reeve.model.TaskPath;
import dev.reeve.model.TaskStatus;
import dev.reeve.model.TaskSummary;
import dev.reeve.model.Worktree;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a heartbeat of {@code dave} sees of the task {@code fix-login}, built up in the words of a story; then what it makes of it. */
final class GivenBeat {

    static final Instant NOW = GivenTask.NOW;
    static final TaskPath PATH = new TaskPath("tasks/fix-login.md");
    static final Owners OWNERS = owners();

    private TaskStatus status = TaskStatus.READY;
    private @Nullable String owner = "dave";
    private Priority priority = Priority.P2;
    private Slug slug = GivenTask.SLUG;
    private @Nullable BranchName branch;
    private Instant modified = NOW.minusSeconds(60);
    private Map<String, String> keys = Map.of();
    private @Nullable Integer prNumber;
    private boolean reviewRecord;
    private final List<Dependency> dependencies = new ArrayList<>();
    private @Nullable CatalogEntry entry;
    private boolean known;
    private Claim claim = new Claim.None();
    private @Nullable WorktreePlace place;
    private LastRun run = new LastRun.None();
    private PullRequestLookup pull = new PullRequestLookup.None();
    private @Nullable PullRequestStanding standing;
    private Set<Pass> off = Set.of();
    private @Nullable QueueState queue;
    private HeartbeatPolicy.@Nullable Limits limits;

    static GivenBeat aBeat() {
        return new GivenBeat();
    }

    private static Owners owners() {
        var draft = Owners.draft();
        draft.person("dave");
        draft.person("erin");
        draft.alias("dave", "dave.fowler");
        draft.role("sr-engineer-architect", "dave");
        return draft.build();
    }

    static HeartbeatPolicy policy(Set<Pass> off) {
        var base = GivenTask.aTask().policy();
        return new HeartbeatPolicy(new OwnerKey("dave"),
                new ReconcilePolicy(base.now(), base.defaultBranch(), base.idle(), base.retention(), OWNERS,
                        base.publish(), base.worktrees()),
                Duration.ofMinutes(30), Duration.ofMinutes(15),
                new HeartbeatPolicy.Limits(Duration.ofMinutes(5), 3, 4, 6, 1), off);
    }

    GivenBeat status(TaskStatus status) {
        this.status = status;
        known = known || status == TaskStatus.IN_PROGRESS;
        return this;
    }

    GivenBeat owner(@Nullable String owner) {
        this.owner = owner;
        return this;
    }

    GivenBeat priority(Priority priority) {
        this.priority = priority;
        return this;
    }

    GivenBeat slug(String slug) {
        this.slug = new Slug(slug);
        return this;
    }

    GivenBeat branch(String name) {
        branch = new BranchName(name);
        return this;
    }

    GivenBeat changed(Duration ago) {
        modified = NOW.minus(ago);
        return this;
    }

    GivenBeat changedInTheFuture() {
        modified = NOW.plus(Duration.ofDays(30));
        return this;
    }

    GivenBeat carrying(int number) {
        prNumber = number;
        return this;
    }

    /** It carries the completion by this pull request, and isn't completed any more. */
    GivenBeat reopened(int number) {
        keys = Map.of("completed_by", "rj");
        return carrying(number);
    }

    GivenBeat reviewAnswered() {
        reviewRecord = true;
        return this;
    }

    GivenBeat dependsOn(String slug, Dependency.State state, Duration ago) {
        dependencies.add(new Dependency(new Slug(slug), state, NOW.minus(ago)));
        return this;
    }

    GivenBeat faulty() {
        entry = new CatalogEntry.Faulty(slug, PATH,
                List.of(new Fault(SignalKind.INVALID_STATUS, new Place(PATH.value(), 3, 9), "no such status")));
        return this;
    }

    GivenBeat missing() {
        entry = new CatalogEntry.Missing(slug);
        return this;
    }

    GivenBeat registered(int attempts) {
        claim = new Claim.Held(new OwnerKey("dave"), new RegisterEntry(slug, PATH.value(),
                place == null ? null : GivenTask.WORKTREE.toString(), "task/fix-login", null, null, null, attempts,
                "r1", null));
        known = true;
        return this;
    }

    GivenBeat registeredWithWorktree() {
        claim = new Claim.Held(new OwnerKey("dave"), new RegisterEntry(slug, PATH.value(),
                GivenTask.WORKTREE.toString(), "task/fix-login", null, null, null, 1, "r1", null));
        known = true;
        return this;
    }

    GivenBeat claim(Claim claim) {
        this.claim = claim;
        known = true;
        return this;
    }

    GivenBeat worktree(int ahead, Duration idleFor) {
        return worktree(ahead, idleFor, Map.of(), Duration.ofDays(2));
    }

    GivenBeat worktree(int ahead, Duration idleFor, Map<String, String> keys, Duration copyChanged) {
        var copy = new TaskCopy.Valid(task(status, keys), NOW.minus(copyChanged));
        place = new WorktreePlace.There(new Worktree(GivenTask.WORKTREE, new BranchName("task/fix-login"),
                GivenTask.HEAD, true, true, ahead, NOW.minus(idleFor), -1), copy);
        known = true;
        return this;
    }

    GivenBeat run(GivenRun given) {
        return run(given.run());
    }

    GivenBeat run(Run given) {
        return lastRun(new LastRun.Known(given));
    }

    GivenBeat runUnreadable() {
        return lastRun(new LastRun.Unreadable("not JSON"));
    }

    GivenBeat lastRun(LastRun last) {
        run = last;
        known = true;
        return this;
    }

    GivenBeat place(WorktreePlace there) {
        place = there;
        known = true;
        return this;
    }

    GivenBeat pull(PullRequestLookup lookup) {
        pull = lookup;
        known = known || lookup instanceof PullRequestLookup.Found;
        return this;
    }

    GivenBeat pull(PullRequest.State state) {
        pull = GivenTask.aTask().pullRequest(state).facts().pullRequest();
        known = true;
        return this;
    }

    GivenBeat pullUnknown() {
        pull = new PullRequestLookup.Unknown("timed out");
        return this;
    }

    GivenBeat standing(Checks checks, Reviews reviews, Mergeability mergeability) {
        standing = new PullRequestStanding(checks, reviews, mergeability, NOW.minusSeconds(600));
        return this;
    }

    GivenBeat off(Pass... passes) {
        off = Set.of(passes);
        return this;
    }

    GivenBeat queue(QueueState queue) {
        this.queue = queue;
        return this;
    }

    BeatFacts facts() {
        return new BeatFacts(entry == null ? new CatalogEntry.Valid(summary()) : entry,
                known ? Optional.of(detail()) : Optional.empty(), pull, Optional.ofNullable(standing), dependencies);
    }

    private TaskSummary summary() {
        return new TaskSummary(slug, PATH, "Fix the login", status, priority, null, owner,
                dependencies.stream().map(Dependency::slug).toList(), branch == null ? BranchName.ofTask(slug) : branch,
                prNumber, 0,
                reviewRecord, modified);
    }

    private TaskFacts detail() {
        TaskCopy published = entry instanceof CatalogEntry.Missing ? new TaskCopy.Absent()
                : new TaskCopy.Valid(task(status, keys), null);
        TaskCopy root = entry instanceof CatalogEntry.Missing ? new TaskCopy.Absent()
                : new TaskCopy.Valid(task(status, keys), modified);
        DeskFacts desk = new AtDesk(root, LocalState.UNCHANGED, claim,
                place == null ? new WorktreePlace.Gone() : place, run,
                run instanceof LastRun.None ? DispatchFiles.ABSENT : DispatchFiles.PRESENT);
        var base = GivenTask.aTask().pullRequest(PullRequest.State.MERGED).facts();
        return new TaskFacts(slug, published, desk, pull, pull instanceof PullRequestLookup.Found(var pr)
                && pr.state() == PullRequest.State.MERGED ? base.merge() : GivenTask.aTask().facts().merge());
    }

    private Task task(TaskStatus status, Map<String, String> more) {
        var keys = new LinkedHashMap<String, String>();
        keys.put("status", status.id());
        keys.putAll(more);
        return new Task(slug, PATH, "Fix the login", status, priority, null, owner, List.of(), BranchName.ofTask(slug),
                prNumber, keys, List.of(), reviewRecord);
    }

    GivenBeat limits(HeartbeatPolicy.Limits limits) {
        this.limits = limits;
        return this;
    }

    HeartbeatPolicy policy() {
        var base = policy(off);
        return limits == null ? base
                : new HeartbeatPolicy(base.owner(), base.reconcile(), base.pickupOverdue(), base.stall(), limits,
                        base.off());
    }

    QueueState queueState() {
        return queue == null ? BeatDecision.queue(List.of(facts()), policy()) : queue;
    }

    List<Signal> found() {
        var facts = facts();
        return TaskPass.on(off).stream().flatMap(pass -> pass.signals(facts, policy()).stream()).toList();
    }

    Optional<Judgement> judgeAny() {
        return BeatDecision.judge(facts(), found(), queueState(), policy());
    }

    Judgement judge() {
        return judgeAny().orElseThrow();
    }

    List<SignalKind> signals() {
        return judge().signals().stream().map(Signal::kind).toList();
    }
}
