package dev.reeve.decide;

import dev.reeve.model.BeatFacts;
import dev.reeve.model.PullRequest;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.PullRequestStanding;
import dev.reeve.model.PullRequestStanding.Checks;
import dev.reeve.model.PullRequestStanding.Reviews;
import dev.reeve.model.SignalKind;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a task's pull request means for it. */
final class PullRequests {

    private PullRequests() {}

    /** Its pull request while that may still be merged. */
    static Optional<PullRequest> open(BeatFacts facts) {
        return found(facts).filter(pr -> pr.state().isOpen());
    }

    /** Its pull request if that is merged, unless a person has reopened the task since: then it decides nothing any more. */
    static Optional<PullRequest> merged(BeatFacts facts, HeartbeatPolicy policy) {
        return found(facts).filter(pr -> pr.state() == PullRequest.State.MERGED)
                .filter(_ -> StepSignals.completion(facts, policy)
                        .stream()
                        .noneMatch(signal -> signal.kind() == SignalKind.REOPENED));
    }

    private static Optional<PullRequest> found(BeatFacts facts) {
        return facts.pullRequest() instanceof PullRequestLookup.Found(var pr) ? Optional.of(pr) : Optional.empty();
    }

    /** What an open one waits for, for people. */
    static String waitsFor(PullRequest pr, Optional<PullRequestStanding> standing) {
        var name = "PR #" + pr.number();
        if (pr.state() == PullRequest.State.DRAFT) {
            return name + " is a draft";
        }
        return standing.map(known -> name + waitsFor(known)).orElse(name + " is open");
    }

    private static String waitsFor(PullRequestStanding standing) {
        var pending = Stream.of(ofChecks(standing.checks()), ofReviews(standing.reviews()))
                .flatMap(Optional::stream)
                .toList();
        if (!pending.isEmpty()) {
            return " waits for " + String.join(" and ", pending);
        }
        boolean approved = standing.reviews() instanceof Reviews.Approved;
        return approved && isGreen(standing) ? " is approved and green: merge it" : " is open";
    }

    private static boolean isGreen(PullRequestStanding standing) {
        boolean passed = switch (standing.checks()) {
            case Checks.None _,Checks.Passed _ -> true;
            case Checks.Pending _,Checks.Failed _,Checks.Unknown _ -> false;
        };
        return passed && standing.mergeability() != PullRequestStanding.Mergeability.CONFLICT;
    }

    private static Optional<String> ofChecks(Checks checks) {
        return checks instanceof Checks.Pending(var names)
                ? Optional.of(names.isEmpty() ? "CI" : "CI (" + PullRequestSignals.listed(names) + ")")
                : Optional.empty();
    }

    private static Optional<String> ofReviews(Reviews reviews) {
        return reviews instanceof Reviews.Pending ? Optional.of("review") : Optional.empty();
    }

    /**
     * What makes it likely that there may be a pull request that GitHub could not be asked about: a run that ended well, a register entry, a
     * worktree, or a number in the file.
     */
    static List<String> signs(BeatFacts facts) {
        var signs = new ArrayList<String>();
        facts.task().asTask().map(task -> task.prNumber()).ifPresent(number -> signs.add("it carries PR #" + number));
        facts.desk().ifPresent(desk -> signs.addAll(DeskSigns.of(desk)));
        return signs;
    }
}
