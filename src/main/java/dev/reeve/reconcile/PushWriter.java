package dev.reeve.reconcile;

import dev.reeve.decide.PushRefusal;
import dev.reeve.git.CommitSpec;
import dev.reeve.git.GitFailure;
import dev.reeve.git.Identity;
import dev.reeve.git.PushResult;
import dev.reeve.github.RepositoryClient;
import dev.reeve.model.Publish;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes task files as commits that are pushed to the default branch: a commit for each task, one push for all that are due together, whichever pass
 * they come from. A rejected push means that the branch moved: it is fetched and everything is decided anew. Where the branch takes only signed commits, which shows
 * when it refuses others, GitHub makes and signs them; where it takes none at all, they wait in the bookkeeping pull request, if the team has configured that.
 *
 * <p><b>Threading.</b> For any thread; one push runs at a time.
 */
public final class PushWriter implements TaskWriter {

    private static final Logger LOG = LoggerFactory.getLogger(PushWriter.class);
    private static final int ATTEMPTS = 8;
    private static final Written NOT_PUSHED = new Written.NotNeeded("nothing is to be pushed");

    /** So long it is remembered that a repository takes only signed commits, before a push is tried again without. */
    private static final Duration SIGNING = Duration.ofDays(1);
    /** So many pushes may break off; a remote that can't be pushed to at all is left to whoever counts the failures. */
    private static final int BROKEN_OFF = 2;

    private final CloneBranch branch;
    private final Identity identity;
    private final InstantSource clock;
    private final Optional<SignedCommits> signed;
    private final Optional<Bookkeeping> bookkeeping;
    private final Together<List<Rewrite>, List<Written>> together = new Together<>(this::publish);
    private Instant signingUntil = Instant.MIN;

    /**
     * A writer that can do nothing but push.
     *
     * @param identity whom the commits name as their author and committer
     */
    public PushWriter(CloneBranch branch, Identity identity, InstantSource clock) {
        this(branch, identity, clock, Optional.empty(), Optional.empty());
    }

    private PushWriter(CloneBranch branch, Identity identity, InstantSource clock, Optional<SignedCommits> signed,
            Optional<Bookkeeping> bookkeeping) {
        this.branch = branch;
        this.identity = identity;
        this.clock = clock;
        this.signed = signed;
        this.bookkeeping = bookkeeping;
    }

    /**
     * The App's writer, which does what the team has configured and what the rules of the branch ask for: push, push commits that GitHub has signed, or
     * keep a bookkeeping pull request.
     *
     * @param replan decides anew on what waits in the bookkeeping pull request
     * @param steps told of each step of {@link Bookkeeping} that others can see
     */
    public static PushWriter ofApp(CloneBranch branch, Identity identity, InstantSource clock, RepositoryClient gitHub,
            Replan replan, Consumer<String> steps) {
        var clone = branch.managed();
        var signed = new SignedCommits(gitHub, clone);
        return new PushWriter(branch, identity, clock, Optional.of(signed),
                Optional.of(new Bookkeeping(clone, gitHub, signed, replan, steps)));
    }

    /** Brings the bookkeeping pull request up to date with what is to be done now, which may be nothing. */
    public void tidy() {
        together.submit(List.of());
    }

    @Override
    public List<Written> write(List<Rewrite> rewrites) {
        return together.submit(rewrites);
    }

    /** The writer for one pass that may have something to write soon: a push that is about to start waits a moment for it. */
    public Turn turn() {
        return new Turn(together.announce());
    }

    /** One pass's turn to write, once. Close it when the pass is over. */
    public static final class Turn implements TaskWriter, AutoCloseable {

        private final Together<List<Rewrite>, List<Written>>.Announced announced;
        private boolean written;

        private Turn(Together<List<Rewrite>, List<Written>>.Announced announced) {
            this.announced = announced;
        }

        @Override
        public List<Written> write(List<Rewrite> rewrites) {
            written = true;
            return announced.submit(rewrites);
        }

        /** As {@link PushWriter#tidy()}, unless this turn has written something, which did the same. */
        public void tidy() {
            if (!written) {
                write(List.of());
            }
        }

        @Override
        public void close() {
            announced.close();
        }
    }

    private List<List<Written>> publish(List<List<Rewrite>> groups) {
        var all = groups.stream().flatMap(List::stream).toList();
        var written = publishAll(all).iterator();
        return groups.stream().map(group -> group.stream().map(_ -> written.next()).toList()).toList();
    }

    private List<Written> publishAll(List<Rewrite> rewrites) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            var tip = attempt == 1 ? branch.latest() : branch.fetch();
            var result = attempt <= BROKEN_OFF ? publishUnlessItBreaksOff(tip, rewrites) : publish(tip, rewrites);
            if (result.isPresent()) {
                return result.get();
            }
        }
        return Collections.nCopies(rewrites.size(),
                new Written.Failed("the branch moved " + ATTEMPTS + " times while this was pushed", Again.MAY_HELP));
    }

    /** As {@link #publish}. A push that broke off may have arrived: the branch shows it, and everything is decided anew on that. */
    private Optional<List<Written>> publishUnlessItBreaksOff(CloneTip tip, List<Rewrite> rewrites) {
        try {
            return publish(tip, rewrites);
        } catch (GitFailure failure) {
            if (failure.kind() == GitFailure.Kind.TRANSPORT) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** The results once it went through or was refused for good; nothing when it is to be tried on a newer tip. */
    private Optional<List<Written>> publish(CloneTip tip, List<Rewrite> rewrites) {
        if (bookkeeping.isPresent() && tip.configuration().publishOfServer() == Publish.PULL_REQUEST) {
            return bookkeeping.get().write(tip, rewrites, some -> draft(tip, some));
        }
        if (bookkeeping.isPresent() && rewrites.isEmpty()) {
            return bookkeeping.get().abandon(tip);
        }
        var draft = draft(tip, rewrites);
        return draft.commits().isEmpty()
                ? Optional.of(draft.results(_ -> NOT_PUSHED))
                : push(tip, draft);
    }

    private PushDraft draft(CloneTip tip, List<Rewrite> rewrites) {
        return new PushDraft(tip, identity, clock.instant(), rewrites);
    }

    private Optional<List<Written>> push(CloneTip tip, PushDraft draft) {
        var commits = List.copyOf(draft.commits().values());
        return isSigning() ? pushSigned(tip, draft, commits)
                : settled(tip, draft, branch.managed().push(tip.branch(), tip.commit().orElseThrow(), commits));
    }

    private boolean isSigning() {
        return clock.instant().isBefore(signingUntil);
    }

    private Optional<List<Written>> pushSigned(CloneTip tip, PushDraft draft, List<CommitSpec> commits) {
        var parent = tip.commit().orElseThrow();
        return switch (signed.orElseThrow().make(parent, commits)) {
            case SignedCommits.Result.NotShown() -> Optional.of(draft.results(_ -> notShownYet()));
            case SignedCommits.Result.Made(var made, var unverified) -> unverified.isPresent()
                    ? Optional.of(draft.results(_ -> unsigned(tip, unverified.get())))
                    : settled(tip, draft, branch.managed().place(tip.branch(), Optional.of(parent), made));
        };
    }

    private Optional<List<Written>> settled(CloneTip tip, PushDraft draft, PushResult result) {
        return switch (result) {
            case PushResult.Pushed pushed -> {
                branch.advanced(tip, pushed.tip());
                var shas = pushed.commits().iterator();
                yield Optional.of(draft.results(_ -> new Written.Pushed(shas.next())));
            }
            case PushResult.Denied(var reason) -> denied(tip, draft, PushRefusal.of(reason));
            case PushResult.Rejected _ -> Optional.empty();
        };
    }

    /** Where nothing but signatures is missing, it is tried again with commits that GitHub signs. */
    private Optional<List<Written>> denied(CloneTip tip, PushDraft draft, PushRefusal refusal) {
        if (refusal.isForSignaturesOnly() && signed.isPresent() && !isSigning()) {
            LOG.info("{} takes signed commits only: from now on GitHub makes and signs them", tip.branch());
            signingUntil = clock.instant().plus(SIGNING);
            return Optional.empty();
        }
        return Optional.of(draft.results(
                _ -> new Written.Failed(refusal.words(tip.branch().value()), Again.NEEDS_A_PERSON)));
    }

    private static Written unsigned(CloneTip tip, String why) {
        return new Written.Failed(tip.branch()
                + " takes signed commits only, and GitHub doesn't sign those that it makes for the App (it says "
                + why + "): have web commit signing set up on the Enterprise Server, or let the App bypass the rule",
                Again.NEEDS_A_PERSON);
    }

    static Written notShownYet() {
        return new Written.Failed("GitHub has made the commits and doesn't show them to git yet", Again.MAY_HELP);
    }
}
