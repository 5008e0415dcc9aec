package dev.reeve.decide;

import dev.reeve.model.BeatFacts;
import dev.reeve.model.BeatFacts.Dependency;
import dev.reeve.model.CatalogEntry;
import dev.reeve.model.DeskFacts;
import dev.reeve.model.Judgement.Dispatchability;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.Run;
import dev.reeve.model.Severity;
import dev.reeve.model.Signal;
import dev.reeve.model.TaskStatus;
import dev.reeve.model.TaskSummary;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Whether a worker may be started for a task: it may when nothing stands in its way. The first thing that does is the reason. */
final class DispatchRules {

    private static final List<Function<Case, Optional<String>>> OBSTACLES = List.of(DispatchRules::file,
            DispatchRules::status, DispatchRules::owner, DispatchRules::worker, DispatchRules::pullRequest,
            DispatchRules::attention, DispatchRules::dependencies, DispatchRules::endedWell,
            DispatchRules::unknownPullRequest, DispatchRules::register, DispatchRules::attempts,
            DispatchRules::cooldown, DispatchRules::unseen, DispatchRules::pause, DispatchRules::limits);

    /** What must hold whoever wants a run: else harm would be done, or work twice. */
    private static final List<Function<Case, Optional<String>>> HARM = List.of(DispatchRules::file,
            DispatchRules::over, DispatchRules::owner, DispatchRules::worker, DispatchRules::mergedPullRequest,
            DispatchRules::register);

    private DispatchRules() {}

    /** Why no run may be started although somebody wants one. */
    static Optional<String> harm(Case given) {
        return HARM.stream().flatMap(obstacle -> obstacle.apply(given).stream()).findFirst();
    }

    /** Why what waits can't be told to a worker yet, although it does no harm. */
    static Optional<String> noTimeToTell(Case given) {
        return unseen(given).or(() -> pause(given)).or(() -> busy(given));
    }

    private static Optional<String> over(Case given) {
        return given.task()
                .map(TaskSummary::status)
                .filter(TaskStatus::isFinal)
                .map(status -> "it is " + status.id());
    }

    private static Optional<String> mergedPullRequest(Case given) {
        return PullRequests.merged(given.facts(), given.policy()).map(pr -> merged(pr.number(), pr.base(), given));
    }

    static Dispatchability decide(Case given) {
        for (var obstacle : OBSTACLES) {
            var reason = obstacle.apply(given);
            if (reason.isPresent()) {
                return new Dispatchability.NotDispatchable(reason.get());
            }
        }
        return new Dispatchability.Dispatchable(since(given));
    }

    private static Optional<String> file(Case given) {
        return switch (given.facts().task()) {
            case CatalogEntry.Valid _ -> Optional.empty();
            case CatalogEntry.Faulty _ -> Optional.of("its file is faulty");
            case CatalogEntry.Missing _ -> Optional.of("it has no task file");
        };
    }

    private static Optional<String> status(Case given) {
        return given.task()
                .map(TaskSummary::status)
                .filter(status -> status != TaskStatus.READY)
                .map(status -> "its status is " + status.id());
    }

    private static Optional<String> owner(Case given) {
        return switch (given.whose()) {
            case Whose.Ours() -> Optional.empty();
            case Whose.Anothers(var owner) -> Optional.of("it is in the queue of " + owner);
            case Whose.Nobodys(var reason) -> Optional.of(reason);
        };
    }

    /** That a worker is at it, and for how long. */
    static Optional<String> worker(Case given) {
        return RunStanding.of(given.facts()) instanceof RunStanding.MayLive
                ? Optional.of(RunStanding.last(given.facts())
                        .map(run -> atIt(run, given) + RunWords.pending(given.facts()))
                        .orElse("a worker may be at it: its dispatch status can't be read"))
                : Optional.empty();
    }

    private static String atIt(Run run, Case given) {
        var since = run.startedAt();
        var now = given.policy().now();
        return (since == null || since.isAfter(now) ? "a worker is at it"
                : "a worker has been at it for " + Durations.inWords(Duration.between(since, now)))
                + again(given.facts(), given.policy());
    }

    /** A first attempt is what everybody expects. */
    private static String again(BeatFacts facts, HeartbeatPolicy policy) {
        return Attempts.counted(facts) < 2 ? "" : " (attempt " + Attempts.words(facts, policy) + ")";
    }

    static Optional<String> pullRequest(Case given) {
        var facts = given.facts();
        return PullRequests.open(facts)
                .map(pr -> PullRequests.waitsFor(pr, facts.standing()) + RunWords.pending(facts))
                .or(() -> PullRequests.merged(facts, given.policy()).map(pr -> merged(pr.number(), pr.base(), given)));
    }

    private static String merged(int number, String base, Case given) {
        var main = given.policy().reconcile().defaultBranch();
        return "PR #" + number + " is merged" + (base.equals(main.value())
                ? ", and the task will be completed by reconcile or the next pull"
                : " into another branch than " + main);
    }

    /** What has been tried and failed is tried again, and what nobody picked up is picked up; everything else needs a person first. */
    private static Optional<String> attention(Case given) {
        for (var signal : given.signals()) {
            if (stops(signal)) {
                return Optional.of(signal.kind().id() + ": " + signal.message());
            }
        }
        return Optional.empty();
    }

    private static boolean stops(Signal signal) {
        return signal.severity() == Severity.ATTENTION && switch (signal.kind()) {
            case PICKUP_OVERDUE, DISPATCH_FAILED, DISPATCH_WORKER_GONE -> false;
            case UNROUTABLE_OWNER, INVALID_SLUG, INVALID_FRONTMATTER, INVALID_STATUS, DUPLICATE_SLUG,
                    UNKNOWN_DEPENDENCY, DEPENDENCY_CYCLE, STATE_FILE_CORRUPT, STUCK_IN_PROGRESS, DISPATCH_STALLED,
                    DISPATCH_RETRY_COOLDOWN, DISPATCH_COMPLETED_UNRECONCILED, DISPATCH_PAUSED, METADATA_DRIFT,
                    REGISTER_ORPHAN, ORPHANED_WORKTREE, STALE_IN_PROGRESS_RECONCILE, PR_CI_FAILING,
                    PR_CHANGES_REQUESTED, PR_CONFLICT, PR_CLOSED_UNMERGED, PR_REVIEW_PENDING, REOPENED,
                    LOOKUP_FAILED, PASS_FAILED ->
                true;
        };
    }

    private static Optional<String> dependencies(Case given) {
        for (var dependency : given.facts().dependencies()) {
            var reason = unmet(dependency);
            if (reason.isPresent()) {
                return reason;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> unmet(Dependency dependency) {
        var name = "its dependency " + dependency.slug();
        return switch (dependency.state()) {
            case COMPLETED -> Optional.empty();
            case OPEN -> Optional.of(name + " is not completed");
            case CANCELLED -> Optional.of(name + " is cancelled: remove it, or take the task back");
            case UNKNOWN -> Optional.of(name + " is no task");
            case UNREADABLE -> Optional.of(name + " has a faulty file");
        };
    }

    /** What has been done isn't done a second time; its record goes when the task is completed, or an operator takes it out. */
    private static Optional<String> endedWell(Case given) {
        return RunStanding.of(given.facts()) instanceof RunStanding.EndedWell(var outcome)
                ? Optional.of("its last run ended " + outcome.map(word -> "with outcome " + word)
                        .orElse("without an outcome") + ", so it isn't started anew" + RunWords.account(given.facts())
                        + RunWords.pending(given.facts()))
                : Optional.empty();
    }

    private static Optional<String> unknownPullRequest(Case given) {
        return given.facts().pullRequest() instanceof PullRequestLookup.Unknown
                ? PullRequests.signs(given.facts())
                        .stream()
                        .findFirst()
                        .map(sign -> sign + ", and whether it has a pull request isn't known")
                : Optional.empty();
    }

    private static Optional<String> register(Case given) {
        return given.facts().desk().flatMap(desk -> switch (desk.claim()) {
            case DeskFacts.Claim.None _,DeskFacts.Claim.Held _ -> Optional.empty();
            case DeskFacts.Claim.HeldByAnother(var owner, var _) -> Optional.of("it is in the register of " + owner);
            case DeskFacts.Claim.Unreadable(var reason) -> Optional.of("a register can't be read: " + reason);
        });
    }

    private static Optional<String> attempts(Case given) {
        return Attempts.used(given.facts(), given.policy());
    }

    private static Optional<String> cooldown(Case given) {
        return Cooldown.pending(given.facts(), given.policy())
                .map(end -> "it rests after a failed run until " + Durations.seconds(end));
    }

    /** Somebody may be at it. */
    private static Optional<String> unseen(Case given) {
        return given.queue().unseen().map(reason -> "what is being worked on could not be looked at: " + reason);
    }

    private static Optional<String> pause(Case given) {
        return given.queue()
                .pause()
                .map(pause -> "nothing is dispatched until " + Durations.seconds(pause.until()) + ": the worker of "
                        + pause.reporter() + " ran into a usage limit");
    }

    private static Optional<String> busy(Case given) {
        int most = given.policy().limits().maxWorkers();
        return given.queue().liveWorkers() >= most
                ? Optional.of("all workers are busy: " + given.queue().liveWorkers() + " of " + most)
                : Optional.empty();
    }

    private static Optional<String> limits(Case given) {
        var queue = given.queue();
        var limits = given.policy().limits();
        var busy = busy(given);
        if (busy.isPresent()) {
            return busy;
        }
        return queue.inReview() >= limits.maxInReview()
                ? Optional.of("enough pull requests are open: " + queue.inReview() + " of " + limits.maxInReview())
                : Optional.empty();
    }

    /** Nothing of it is stored, so what no file tells isn't counted; a time in the future is none. */
    private static Instant since(Case given) {
        var since = given.task().map(TaskSummary::modified).orElse(Instant.EPOCH);
        for (var dependency : given.facts().dependencies()) {
            since = later(since, dependency.since());
        }
        since = later(since, Cooldown.end(given.facts(), given.policy()).orElse(since));
        var now = given.policy().now();
        return since.isBefore(now) ? since : now;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
