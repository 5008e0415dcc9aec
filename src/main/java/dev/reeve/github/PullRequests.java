package dev.reeve.github;

import dev.reeve.model.BranchName;
import dev.reeve.model.PullRequest;
import dev.reeve.model.PullRequest.State;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.RepositoryName;
import dev.reeve.model.Sha;
import dev.reeve.model.TaskPath;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Reading pull requests. Where GitHub's fields contradict each other, the one that can't be true too early counts:
 * {@code merged_at} says that it is merged, whatever {@code state} says; a merge commit is believed only then.
 */
final class PullRequests {

    private static final int NEWEST = 30;
    private static final int PER_PAGE = 100;

    private final RepositoryName repository;
    private final ApiCalls calls;

    PullRequests(RepositoryName repository, ApiCalls calls) {
        this.repository = repository;
        this.calls = calls;
    }

    PullRequest byNumber(int number) {
        return read(calls.call(get("/pulls/" + number)));
    }

    PullRequestLookup latestFrom(BranchName head) {
        var filter = URLEncoder.encode(repository.owner() + ":" + head, StandardCharsets.UTF_8);
        return calls.call(get("/pulls?state=all&sort=created&direction=desc&per_page=" + NEWEST + "&head=" + filter))
                .each()
                .map(PullRequests::read)
                .filter(pull -> !pull.fromFork() && pull.headBranch().equals(head.value()))
                .min(PullRequest.WHICH_COUNTS)
                .<PullRequestLookup>map(PullRequestLookup.Found::new)
                .orElseGet(PullRequestLookup.None::new);
    }

    List<PullRequest> recent(int limit) {
        return calls.upTo(limit, PER_PAGE,
                page -> get("/pulls?state=all&sort=updated&direction=desc&per_page=" + PER_PAGE + "&page=" + page),
                pulls -> pulls.each().map(PullRequests::read));
    }

    List<Integer> of(Sha commit) {
        return calls.call(get("/commits/" + commit + "/pulls?per_page=" + NEWEST))
                .each()
                .map(pull -> pull.number("number"))
                .toList();
    }

    List<TaskPath> changedFiles(int number, int limit) {
        return calls.upTo(limit, PER_PAGE,
                page -> get("/pulls/" + number + "/files?per_page=" + PER_PAGE + "&page=" + page),
                files -> files.each()
                        .filter(file -> !file.text("status").equals("removed"))
                        .map(file -> TaskPath.parse(file.text("filename")))
                        .flatMap(Optional::stream));
    }

    private ApiRequest get(String path) {
        return ApiRequest.get("/repos/" + repository + path, Permission.PULL_REQUESTS_READ);
    }

    private static PullRequest read(Fields pull) {
        var merged = pull.optionalTime("merged_at");
        var head = pull.object("head");
        var base = pull.object("base");
        // A fork that was deleted has no repository any more; an account that was deleted is called ghost.
        boolean ours = head.optionalObject("repo").filter(r -> r.id("id") == base.object("repo").id("id")).isPresent();
        return new PullRequest(pull.number("number"), pull.text("title"), pull.optionalText("body").orElse(""),
                pull.optionalObject("user").map(user -> user.text("login")).orElse("ghost"),
                merged.isPresent() ? State.MERGED : unmerged(pull), head.text("ref"), head.sha("sha"), !ours,
                base.text("ref"), merged.orElse(null),
                merged.flatMap(_ -> pull.optionalSha("merge_commit_sha")).orElse(null), pull.text("html_url"));
    }

    private static State unmerged(Fields pull) {
        return switch (pull.text("state")) {
            case "open" -> pull.flag("draft") ? State.DRAFT : State.OPEN;
            case "closed" -> State.CLOSED;
            default -> throw pull.malformed("neither open nor closed");
        };
    }
}
