package dev.reeve.reconcile;

import dev.reeve.decide.BookkeepingWording;
import dev.reeve.decide.BookkeepingWording.Commits;
import dev.reeve.decide.BookkeepingWording.Entry;
import dev.reeve.decide.PushRefusal;
import dev.reeve.git.CommitSpec;
import dev.reeve.git.ManagedClone;
import dev.reeve.git.PushResult;
import dev.reeve.github.RepositoryClient;
import dev.reeve.model.BranchName;
import dev.reeve.model.PullRequest;
import dev.reeve.model.Sha;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskPath;
import dev.reeve.reconcile.TaskWriter.Written;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Collection;
import java.util.HashSet;
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
 * default branch, by a push that fails when somebody was faster. The pull request ({@link BookkeepingPull}) follows from the branch, also when it is taken down, since
 * GitHub closes one whose branch is gone: wherever this was stopped, and whichever replica is faster, the next time does the rest.
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
    /** The pull request says that nothing waits; its branch is still there. */
    public static final String EMPTIED = "bookkeeping.emptied";

    private static final Logger LOG = LoggerFactory.getLogger(Bookkeeping.class);

    private final ManagedClone clone;
    private final RepositoryClient gitHub;
    private final SignedCommits signed;
    private final Replan replan;
    private final Consumer<String> steps;
    private final BookkeepingPull pull;
    /** What was decided about what waits, so that GitHub is asked about it only after a restart. */
    private Map<Entry, Rewrite> known = Map.of();
    /** Where the branch stood when GitHub refused to delete it: that is told, and tried, once. */
    private @Nullable Sha undeletable;

    Bookkeeping(ManagedClone clone, RepositoryClient gitHub, SignedCommits signed, Replan replan,
            Consumer<String> steps) {
        this.clone = clone;
        this.gitHub = gitHub;
        this.signed = signed;
        this.replan = replan;
        this.steps = steps;
        this.pull = new BookkeepingPull(clone, gitHub, steps);
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

    /** What becomes of each task whose change is to wait. */
    private interface Fate {

        Written of(Slug slug);

        static Fate all(Written written) {
            return _ -> written;
        }
    }

    private static Entry entry(Rewrite rewrite) {
        return BookkeepingBranch.entry(rewrite.trailers()).orElseThrow();
    }

    private static List<Written> results(List<Rewrite> rewrites, Map<Entry, Rewrite> wanted, PushDraft draft,
            Fate fate) {
        var byRewrite = new LinkedHashMap<Rewrite, Written>();
        var results = draft.results(rewrite -> fate.of(rewrite.slug())).iterator();
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
    private Optional<Fate> hold(CloneTip tip, Optional<BookkeepingBranch> held, PushDraft draft) {
        gitHub.requirePullRequestWrites();
        if (held.isPresent()) {
            return hold(tip, held.get(), draft);
        }
        var declined = pull.declined(tip, known.keySet());
        return declined.isPresent() ? declined.map(Fate::all)
                : commit(tip, held, tip.commit().orElseThrow(), draft.commits().values(), new Commits.Ours())
                        .map(Fate::all);
    }

    /** It is added to as long as all that is there still holds; where it holds somebody else's commits, it is never made anew. */
    private Optional<Fate> hold(CloneTip tip, BookkeepingBranch held, PushDraft draft) {
        var tipCommit = tip.commit().orElseThrow();
        var fresh = fresh(held, draft);
        var outdated = outdated(held, draft, fresh);
        boolean mayGrow = !held.isOurs() || (outdated.isEmpty() && !held.waiting().isEmpty());
        if (mayGrow && held.fits(tipCommit, paths(fresh))) {
            var whose = held.isOurs() ? new Commits.Ours() : new Commits.SomebodyElsesToo(outdated);
            var grown = fresh.isEmpty() ? pull.show(tip, words(tip, whose), held.head())
                    : commit(tip, Optional.of(held), held.head(), fresh, whose);
            return grown.map(written -> slug -> outdated.contains(slug) ? stuck(held) : written);
        }
        if (!held.isOurs()) {
            return Optional.of(Fate.all(stuck(held)));
        }
        // On the commit at which it left the default branch, what GitHub has made already can stay as it is.
        var base = held.fits(tipCommit, draft.contents().keySet()) ? held.base() : tipCommit;
        return commit(tip, Optional.of(held), base, draft.commits().values(), new Commits.Ours()).map(Fate::all);
    }

    private static Written stuck(BookkeepingBranch held) {
        return new Written.Failed("it can't wait in the bookkeeping pull request as it is to be: its branch "
                + BookkeepingBranch.NAME + " has commits of somebody else (" + held.intruders()
                + "), so it isn't made anew: move them to another branch, or merge the pull request",
                Again.NEEDS_A_PERSON);
    }

    private static List<CommitSpec> fresh(BookkeepingBranch held, PushDraft draft) {
        return draft.commits()
                .values()
                .stream()
                .filter(commit -> !held.waiting()
                        .containsKey(BookkeepingBranch.entry(commit.trailers()).orElseThrow()))
                .toList();
    }

    private static Set<TaskPath> paths(List<CommitSpec> commits) {
        return commits.stream().map(commit -> commit.changes().getFirst().path()).collect(Collectors.toSet());
    }

    /** The tasks whose changes on the branch aren't to be made any more, or not so. */
    private Set<Slug> outdated(BookkeepingBranch held, PushDraft draft, List<CommitSpec> fresh) {
        var old = new LinkedHashMap<>(draft.contents());
        old.keySet().removeAll(paths(fresh));
        var outdated = new HashSet<>(held.otherThan(old));
        held.waiting()
                .keySet()
                .stream()
                .filter(entry -> !known.containsKey(entry))
                .map(Entry::slug)
                .forEach(outdated::add);
        return outdated;
    }

    private Optional<Written> commit(CloneTip tip, Optional<BookkeepingBranch> held, Sha parent,
            Collection<CommitSpec> commits, Commits whose) {
        return switch (signed.make(parent, List.copyOf(commits))) {
            case SignedCommits.Result.NotShown() -> Optional.of(PushWriter.notShownYet());
            // Whether they are signed matters only to who merges them, and GitHub shows it there.
            case SignedCommits.Result.Made(var made, _) -> place(tip, held, made, whose);
        };
    }

    private Optional<Written> place(CloneTip tip, Optional<BookkeepingBranch> held, List<Sha> commits, Commits whose) {
        return switch (clone.place(BookkeepingBranch.NAME, held.map(BookkeepingBranch::head), commits)) {
            case PushResult.Rejected _ -> Optional.empty();
            case PushResult.Denied(var reason) -> Optional.of(new Written.Failed(
                    PushRefusal.of(reason).wordsOfOwn(BookkeepingBranch.NAME.value()), Again.NEEDS_A_PERSON));
            case PushResult.Pushed pushed -> {
                steps.accept(PUSHED);
                yield pull.show(tip, words(tip, whose), pushed.tip());
            }
        };
    }

    private BookkeepingWording.Words words(CloneTip tip, Commits whose) {
        return BookkeepingWording.of(List.copyOf(known.keySet()), tip.branch().value(), whose);
    }

    /** Nothing waits: the branch goes, and with it the pull request, unless there is something of somebody else on it. */
    private Optional<Fate> empty(CloneTip tip, Optional<BookkeepingBranch> held) {
        var done = Fate.all(new Written.NotNeeded("nothing waits"));
        return held.filter(BookkeepingBranch::isOurs).isEmpty() || takeDown(tip, held.get())
                ? Optional.of(done)
                : Optional.empty();
    }

    /** Takes down what a configuration before this one has left. Nothing when it has to be tried again. */
    Optional<List<Written>> abandon(CloneTip tip) {
        known = Map.of();
        var left = tip.commit()
                .flatMap(commit -> BookkeepingBranch.fetch(clone, commit))
                .filter(branch -> branch.isOurs() && !branch.waiting().isEmpty());
        return left.isEmpty() || takeDown(tip, left.get()) ? Optional.of(List.of()) : Optional.empty();
    }

    /**
     * Deletes the branch, unless somebody moved it: then it is false, and what is there now is looked at. GitHub closes the pull request for that, so there is
     * no moment at which another replica, for which something waits, could find it closed and its branch there.
     */
    private boolean takeDown(CloneTip tip, BookkeepingBranch held) {
        if (held.head().equals(undeletable)) {
            return true;
        }
        var open = pull.empty(tip);
        return switch (clone.remove(BookkeepingBranch.NAME, held.head())) {
            case PushResult.Pushed _ -> {
                LOG.info("{}: nothing waits any more, so {} is deleted", gitHub.name(), BookkeepingBranch.NAME);
                yield true;
            }
            case PushResult.Rejected _ -> false;
            case PushResult.Denied(var reason) -> {
                undeletable = held.head();
                LOG.warn("{}: {}", gitHub.name(), PushRefusal.of(reason).wordsOfOwn(BookkeepingBranch.NAME.value()));
                open.ifPresent(pr -> gitHub.closePullRequest(pr.number()));
                yield true;
            }
        };
    }
}
