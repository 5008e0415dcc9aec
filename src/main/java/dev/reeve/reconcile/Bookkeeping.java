package dev.reeve.reconcile;

import dev.reeve.decide.BookkeepingWording;
import dev.reeve.decide.BookkeepingWording.Commits;
import dev.reeve.decide.BookkeepingWording.Entry;
import dev.reeve.decide.PushRefusal;
import dev.reeve.git.CommitSpec;
import dev.reeve.git.ManagedClone;
import dev.reeve.git.PushResult;
import dev.reeve.github.GitHubFailure;
import dev.reeve.github.GitHubFailure.Kind;
import dev.reeve.github.RepositoryClient;
import dev.reeve.model.BranchName;
import dev.reeve.model.PullRequest;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.Sha;
import dev.reeve.model.TaskPath;
import dev.reeve.reconcile.TaskWriter.Written;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One pull request of our own, in which changes of task files wait for a person to merge them, where the default branch takes nothing else.
 *
 * <p>What waits is written down nowhere else than in the branch: it is what our commits there say, as far as it isn't on the default branch and is
 * still to be done, decided anew each time. So the branch is added to while all that it has still holds, and otherwise made anew on the tip of the
 * default branch, by a push that fails when somebody was faster. The pull request follows from the branch: wherever this was stopped, the next time does the rest.
 *
 * <p>Its commits are made and signed by GitHub, since what the default branch asks for doesn't show on another branch, and one that asks for signatures takes a merge of
 * nothing else.
 *
 * <p><b>Threading.</b> One thread at a time; {@link PushWriter} sees to that.
 */
public final class Bookkeeping {

    /** The branch was pushed; the pull request isn't up to date. */
    public static final String PUSHED = "bookkeeping.pushed";
    /** The pull request was opened, and nobody knows it yet. */
    public static final String OPENED = "bookkeeping.opened";
    /** The pull request is closed; its branch is still there. */
    public static final String CLOSED = "bookkeeping.closed";

    private static final Logger LOG = LoggerFactory.getLogger(Bookkeeping.class);

    private final ManagedClone clone;
    private final RepositoryClient gitHub;
    private final SignedCommits signed;
    private final Replan replan;
    private final Consumer<String> steps;
    /** What was decided about what waits, so that GitHub is asked about it only after a restart. */
    private Map<Entry, Rewrite> known = Map.of();

    Bookkeeping(ManagedClone clone, RepositoryClient gitHub, SignedCommits signed, Replan replan,
            Consumer<String> steps) {
        this.clone = clone;
        this.gitHub = gitHub;
        this.signed = signed;
        this.replan = replan;
        this.steps = steps;
    }

    /** Whether a pull request is the bookkeeping one, or was. It is about no task, whatever it changes. */
    public static boolean is(PullRequest pr) {
        return !pr.fromFork() && pr.headBranch().equals(BookkeepingBranch.NAME.value());
    }

    /** The name of its branch. */
    public static BranchName branch() {
        return BookkeepingBranch.NAME;
    }

    /**
     * Has these changes wait in the pull request, with what waits there already. Nothing, when somebody moved the branch meanwhile: fetch, and try again.
     *
     * @param drafting decides rewrites on the tip
     */
    Optional<List<Written>> write(CloneTip tip, List<Rewrite> rewrites, Function<List<Rewrite>, PushDraft> drafting) {
        if (tip.commit().isEmpty()) {
            return Optional.of(drafting.apply(rewrites).results(_ -> new Written.NotNeeded("there is no branch")));
        }
        var held = BookkeepingBranch.fetch(clone, tip.commit().get());
        var wanted = stillWanted(tip, held);
        rewrites.forEach(rewrite -> wanted.put(entry(rewrite), rewrite));
        var draft = drafting.apply(List.copyOf(wanted.values()));
        known = wanted.entrySet()
                .stream()
                .filter(one -> draft.commits().containsKey(one.getValue()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (_, last) -> last,
                        LinkedHashMap::new));
        return (known.isEmpty() ? empty(tip, held) : hold(tip, held, draft))
                .map(fate -> results(rewrites, wanted, draft, fate));
    }

    private static Entry entry(Rewrite rewrite) {
        return BookkeepingBranch.entry(rewrite.trailers()).orElseThrow();
    }

    private static List<Written> results(List<Rewrite> rewrites, Map<Entry, Rewrite> wanted, PushDraft draft,
            Written fate) {
        var byRewrite = new LinkedHashMap<Rewrite, Written>();
        var results = draft.results(_ -> fate).iterator();
        wanted.values().forEach(rewrite -> byRewrite.put(rewrite, results.next()));
        return rewrites.stream()
                .map(rewrite -> byRewrite.getOrDefault(rewrite, byRewrite.get(wanted.get(entry(rewrite)))))
                .toList();
    }

    private Map<Entry, Rewrite> stillWanted(CloneTip tip, Optional<BookkeepingBranch> held) {
        var wanted = new LinkedHashMap<Entry, Rewrite>();
        held.ifPresent(branch -> branch.waiting()
                .forEach((entry, deliveries) -> Optional.ofNullable(known.get(entry))
                        .or(() -> replan.of(tip, entry, deliveries))
                        .ifPresent(rewrite -> wanted.put(entry, rewrite))));
        return wanted;
    }

    /** What became of those that are to wait; nothing when somebody moved the branch meanwhile. */
    private Optional<Written> hold(CloneTip tip, Optional<BookkeepingBranch> held, PushDraft draft) {
        gitHub.requirePullRequestWrites();
        var tipCommit = tip.commit().orElseThrow();
        var fresh = fresh(held, draft);
        if (held.filter(branch -> mayGrow(branch, draft) && branch.fits(tipCommit, paths(fresh))).isPresent()) {
            return fresh.isEmpty()
                    ? Optional.of(shown(tip, held, held.get().head()))
                    : commit(tip, held, held.get().head(), fresh);
        }
        if (held.filter(branch -> !branch.theirs().isEmpty()).isPresent()) {
            return Optional.of(new Written.Failed("it can't wait in the bookkeeping pull request: its branch "
                    + BookkeepingBranch.NAME + " has commits of somebody else (" + held.get().intruders()
                    + "), so it isn't made anew: move them to another branch, or merge the pull request",
                    Again.NEEDS_A_PERSON));
        }
        // On the commit that it left the default branch at, what GitHub has made already can stay as it is.
        var base = held.filter(branch -> branch.fits(tipCommit, draft.contents().keySet()))
                .map(BookkeepingBranch::base)
                .orElse(tipCommit);
        return commit(tip, held, base, draft.commits().values());
    }

    private static List<CommitSpec> fresh(Optional<BookkeepingBranch> held, PushDraft draft) {
        return draft.commits()
                .values()
                .stream()
                .filter(commit -> held.filter(branch -> branch.waiting()
                        .containsKey(BookkeepingBranch.entry(commit.trailers()).orElseThrow())).isEmpty())
                .toList();
    }

    private static Set<TaskPath> paths(List<CommitSpec> commits) {
        return commits.stream().map(commit -> commit.changes().getFirst().path()).collect(Collectors.toSet());
    }

    /** Whether what is on the branch may stay as it is: it all still holds, or it isn't ours alone to make anew. */
    private boolean mayGrow(BookkeepingBranch branch, PushDraft draft) {
        if (!branch.theirs().isEmpty()) {
            return true;
        }
        var old = new LinkedHashMap<>(draft.contents());
        old.keySet().removeAll(paths(fresh(Optional.of(branch), draft)));
        return !branch.waiting().isEmpty() && known.keySet().containsAll(branch.waiting().keySet()) && branch.says(old);
    }

    private Optional<Written> commit(CloneTip tip, Optional<BookkeepingBranch> held, Sha parent,
            Collection<CommitSpec> commits) {
        return switch (signed.make(parent, List.copyOf(commits))) {
            case SignedCommits.Result.NotShown() -> Optional.of(PushWriter.notShownYet());
            // Whether they are signed matters only to who merges them, and GitHub shows it there.
            case SignedCommits.Result.Made(var made, _) -> place(tip, held, made);
        };
    }

    private Optional<Written> place(CloneTip tip, Optional<BookkeepingBranch> held, List<Sha> commits) {
        return switch (clone.place(BookkeepingBranch.NAME, held.map(BookkeepingBranch::head), commits)) {
            case PushResult.Rejected _ -> Optional.empty();
            case PushResult.Denied(var reason) -> Optional.of(new Written.Failed(
                    PushRefusal.of(reason).words(BookkeepingBranch.NAME.value()), Again.NEEDS_A_PERSON));
            case PushResult.Pushed pushed -> {
                steps.accept(PUSHED);
                yield Optional.of(shown(tip, held, pushed.tip()));
            }
        };
    }

    /** Makes the pull request say what is on its branch. */
    private Written shown(CloneTip tip, Optional<BookkeepingBranch> held, Sha head) {
        var commits = held.filter(branch -> !branch.theirs().isEmpty()).isPresent()
                ? Commits.SOMEBODY_ELSES_TOO
                : Commits.OURS;
        var words = BookkeepingWording.of(List.copyOf(known.keySet()), tip.branch().value(), commits);
        try {
            return switch (gitHub.newestFrom(BookkeepingBranch.NAME, tip.branch())) {
                case PullRequestLookup.Found(var pr) when pr.state().isOpen() -> updated(pr, words);
                case PullRequestLookup.Found(var pr) when pr.state() == PullRequest.State.CLOSED
                        && pr.headSha().equals(head) ->
                    new Written.Waiting(pr.number(), "its completion waits in #"
                            + pr.number() + ", which somebody closed: reopen it, and merge it");
                case PullRequestLookup.Found _,PullRequestLookup.None _,PullRequestLookup.Unknown _ ->
                    opened(tip, words);
            };
        } catch (GitHubFailure failure) {
            // One that was opened a moment ago may be missing in the list, and GitHub opens no second.
            if (failure.kind() instanceof Kind.Rejected) {
                return new Written.Failed(String.valueOf(failure.getMessage()), Again.MAY_HELP, failure);
            }
            throw failure;
        }
    }

    private Written updated(PullRequest pr, BookkeepingWording.Words words) {
        if (!pr.title().equals(words.title()) || !pr.body().strip().equals(words.body().strip())) {
            gitHub.editPullRequest(pr.number(), words.title(), words.body());
            LOG.info("{}: #{} is {}", gitHub.name(), pr.number(), words.title());
        }
        return waiting(pr.number());
    }

    private Written opened(CloneTip tip, BookkeepingWording.Words words) {
        int number = gitHub.openPullRequest(BookkeepingBranch.NAME, tip.branch(), words.title(), words.body());
        steps.accept(OPENED);
        LOG.info("{}: opened #{}, {}", gitHub.name(), number, words.title());
        return waiting(number);
    }

    private static Written waiting(int number) {
        return new Written.Waiting(number, "its completion waits in #" + number);
    }

    /** Nothing waits: the branch goes, and with it the pull request, unless there is something of somebody else on it. */
    private Optional<Written> empty(CloneTip tip, Optional<BookkeepingBranch> held) {
        var done = new Written.NotNeeded("nothing waits");
        return held.filter(branch -> branch.theirs().isEmpty()).isEmpty() || close(tip, held.get())
                ? Optional.of(done)
                : Optional.empty();
    }

    /** Takes down what a configuration before this one has left. Nothing when it has to be tried again. */
    Optional<List<Written>> abandon(CloneTip tip) {
        known = Map.of();
        var left = tip.commit()
                .flatMap(commit -> BookkeepingBranch.fetch(clone, commit))
                .filter(branch -> branch.theirs().isEmpty() && !branch.waiting().isEmpty());
        return left.isEmpty() || close(tip, left.get()) ? Optional.of(List.of()) : Optional.empty();
    }

    /** False when somebody moved the branch meanwhile. */
    private boolean close(CloneTip tip, BookkeepingBranch held) {
        if (gitHub.newestFrom(BookkeepingBranch.NAME, tip.branch()) instanceof PullRequestLookup.Found(var pr)
                && pr.state().isOpen()) {
            gitHub.closePullRequest(pr.number());
            LOG.info("{}: closed #{}, where nothing waits any more", gitHub.name(), pr.number());
            steps.accept(CLOSED);
        }
        return switch (clone.remove(BookkeepingBranch.NAME, held.head())) {
            case PushResult.Pushed _ -> true;
            case PushResult.Rejected _ -> false;
            case PushResult.Denied(var reason) -> {
                LOG.warn("{}: the branch {} can't be deleted: {}", gitHub.name(), BookkeepingBranch.NAME, reason);
                yield true;
            }
        };
    }
}
