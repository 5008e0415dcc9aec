package dev.reeve.github;

import dev.reeve.model.BranchName;
import dev.reeve.model.PullRequest;
import dev.reeve.model.PullRequest.State;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.RepositoryName;
import dev.reeve.model.Sha;
import dev.reeve.model.TaskPath;
import org.kohsuke.github.GHDirection;
import org.kohsuke.github.GHIssueState;
import org.kohsuke.github.GHPullRequest;
import org.kohsuke.github.GHPullRequestFileDetail;
import org.kohsuke.github.GHPullRequestQueryBuilder;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Reading pull requests. Where GitHub's fields contradict each other, the one that can't be true too early counts:
 * {@code merged_at} says that it is merged, whatever {@code state} says; a merge commit is believed only then.
 */
final class PullRequests {

    private static final int NEWEST = 30;
    private static final int PER_PAGE = 100;
    private static final int MOST_PAGES = 30;
    private static final Comparator<PullRequest> OPEN_THEN_NEWEST = Comparator
            .comparing((PullRequest pull) -> !pull.state().isOpen())
            .thenComparing(Comparator.comparingInt(PullRequest::number).reversed());

    private final RepositoryName repository;
    private final ApiCalls calls;

    PullRequests(RepositoryName repository, ApiCalls calls) {
        this.repository = repository;
        this.calls = calls;
    }

    PullRequest byNumber(int number) {
        return calls.ask(reading(Forms::pullRequest),
                (gitHub, conversation) -> read(Handles.repository(gitHub, repository).getPullRequest(number),
                        conversation.fields()));
    }

    PullRequestLookup latestFrom(BranchName head) {
        return first(from(head, Optional.empty()), PullRequest.WHICH_COUNTS);
    }

    PullRequestLookup newestFrom(BranchName head, BranchName base) {
        return first(from(head, Optional.of(base)), OPEN_THEN_NEWEST);
    }

    private static PullRequestLookup first(List<PullRequest> pulls, Comparator<PullRequest> order) {
        return pulls.stream()
                .min(order)
                .<PullRequestLookup>map(PullRequestLookup.Found::new)
                .orElseGet(PullRequestLookup.None::new);
    }

    /** The newest of a branch of this repository, whatever GitHub makes of the question. */
    private List<PullRequest> from(BranchName head, Optional<BranchName> base) {
        return calls.ask(reading(Forms::pullRequests), (gitHub, conversation) -> {
            var query = Handles.repository(gitHub, repository)
                    .queryPullRequests()
                    .state(GHIssueState.ALL)
                    .head(repository.owner() + ":" + head)
                    .sort(GHPullRequestQueryBuilder.Sort.CREATED)
                    .direction(GHDirection.DESC);
            base.ifPresent(name -> query.base(name.value()));
            var pulls = query.list().withPageSize(NEWEST).iterator().nextPage();
            return read(pulls, conversation.fields().each().toList())
                    .filter(pull -> !pull.fromFork() && pull.headBranch().equals(head.value()))
                    .filter(pull -> base.map(BranchName::value).map(pull.base()::equals).orElse(true))
                    .toList();
        });
    }

    /** Read page by page, as what the library leaves out is in the answer that came last. */
    List<PullRequest> recent(int limit) {
        return calls.ask(reading(Forms::pullRequests), (gitHub, conversation) -> {
            var pages = Handles.repository(gitHub, repository)
                    .queryPullRequests()
                    .state(GHIssueState.ALL)
                    .sort(GHPullRequestQueryBuilder.Sort.UPDATED)
                    .direction(GHDirection.DESC)
                    .list()
                    .withPageSize(PER_PAGE)
                    .iterator();
            var recent = new ArrayList<PullRequest>();
            for (int page = 0; page < MOST_PAGES && recent.size() < limit && pages.hasNext(); page++) {
                var pulls = pages.nextPage();
                read(pulls, conversation.fields().each().toList()).limit(limit - recent.size()).forEach(recent::add);
            }
            return List.copyOf(recent);
        });
    }

    List<PullRequest> at(Sha commit) {
        return calls.ask(reading(Forms::pullRequests), (gitHub, conversation) -> {
            var pulls = Handles.commit(gitHub, repository, commit)
                    .listPullRequests()
                    .withPageSize(NEWEST)
                    .iterator()
                    .nextPage();
            return read(pulls, conversation.fields().each().toList())
                    .filter(pull -> pull.headSha().equals(commit))
                    .toList();
        });
    }

    List<Integer> of(Sha commit) {
        return calls.ask(reading(Forms::numbered),
                (gitHub, _) -> Handles.commit(gitHub, repository, commit)
                        .listPullRequests()
                        .withPageSize(NEWEST)
                        .iterator()
                        .nextPage()
                        .stream()
                        .map(GHPullRequest::getNumber)
                        .toList());
    }

    /** At most 30 pages: GitHub lists no more of anything, and a server that never ends isn't followed for ever. */
    List<TaskPath> changedFiles(int number, int limit) {
        return calls.ask(reading(Forms::files), (gitHub, _) -> {
            var pages = Handles.pullRequest(gitHub, repository, number)
                    .listFiles()
                    .withPageSize(PER_PAGE)
                    .iterator();
            var paths = new ArrayList<TaskPath>();
            for (int page = 0; page < MOST_PAGES && paths.size() < limit && pages.hasNext(); page++) {
                present(pages.nextPage()).limit(limit - paths.size()).forEach(paths::add);
            }
            return List.copyOf(paths);
        });
    }

    private static Stream<TaskPath> present(List<GHPullRequestFileDetail> files) {
        return files.stream()
                .filter(file -> !file.getStatus().equals("removed"))
                .map(file -> TaskPath.parse(file.getFilename()))
                .flatMap(Optional::stream);
    }

    private static Question reading(Consumer<Fields> form) {
        return Question.reading(Permission.PULL_REQUESTS_READ, form);
    }

    private static Stream<PullRequest> read(List<GHPullRequest> pulls, List<Fields> told) throws IOException {
        var read = Stream.<PullRequest>builder();
        for (int i = 0; i < pulls.size(); i++) {
            read.add(read(pulls.get(i), told.get(i)));
        }
        return read.build();
    }

    /**
     * @param told the same as GitHub said it: for {@code draft} and {@code merge_commit_sha} of what it has read in a
     *        list, the library fetches each pull request once more
     */
    private static PullRequest read(GHPullRequest pull, Fields told) throws IOException {
        var merged = Optional.ofNullable(pull.getMergedAt()).map(Date::toInstant);
        var head = pull.getHead();
        var base = pull.getBase();
        // A fork that was deleted has no repository any more; an account that was deleted is called ghost.
        boolean ours = head.getRepository() != null && head.getRepository().getId() == base.getRepository().getId();
        return new PullRequest(pull.getNumber(), pull.getTitle(), Objects.requireNonNullElse(pull.getBody(), ""),
                pull.getUser() == null ? "ghost" : pull.getUser().getLogin(),
                merged.isPresent() ? State.MERGED : unmerged(pull, told), head.getRef(), new Sha(head.getSha()), !ours,
                base.getRef(), merged.orElse(null),
                merged.flatMap(_ -> told.optionalSha("merge_commit_sha")).orElse(null), pull.getHtmlUrl().toString());
    }

    private static State unmerged(GHPullRequest pull, Fields told) {
        return switch (pull.getState()) {
            case OPEN -> told.flag("draft") ? State.DRAFT : State.OPEN;
            case CLOSED -> State.CLOSED;
            case ALL -> throw told.malformed("both open and closed");
        };
    }
}
