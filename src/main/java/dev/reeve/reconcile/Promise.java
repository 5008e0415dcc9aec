package dev.reeve.reconcile;

import dev.reeve.decide.TaskLines;
import dev.reeve.github.OwnRun;
import dev.reeve.github.RepositoryClient;
import dev.reeve.model.ExternalId;
import dev.reeve.model.PullRequest;
import dev.reeve.model.Slug;

import java.util.List;
import java.util.Optional;

/** What the check run of a pull request has said that merging completes. Who opened the pull request may change its description at any time, and never this. */
public final class Promise {

    private Promise() {}

    /**
     * What is promised at its head; nothing when it has no check run of ours. One that says nothing of it has promised nothing.
     *
     * @param checkName what the check is called now; one that was called otherwise counts where there is none
     */
    public static Optional<List<Slug>> of(RepositoryClient gitHub, PullRequest pr, String checkName) {
        var runs = gitHub.ownRuns(pr.headSha())
                .stream()
                .filter(run -> run.externalId().equals(ExternalId.ofPullRequest(pr.number())))
                .toList();
        return runs.stream()
                .filter(run -> run.name().equals(checkName))
                .findFirst()
                .or(() -> runs.stream().findFirst())
                .map(OwnRun::promise)
                .map(promised -> promised.orElse(List.of()));
    }

    /** What a merged one without a check run names when nothing but itself can be read: what of it is there is judged later. */
    public static List<Slug> asDescribed(PullRequest pr) {
        var named = TaskLines.in(pr.body());
        return named.isEmpty() && !pr.fromFork()
                ? TasksOfPullRequest.slugOf(pr.headBranch()).stream().toList()
                : named;
    }
}
