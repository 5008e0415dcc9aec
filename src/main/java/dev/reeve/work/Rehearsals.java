package dev.reeve.work;

import dev.reeve.decide.ReconcilePolicy;
import dev.reeve.github.GitHubFailure;
import dev.reeve.github.Whereabouts;
import dev.reeve.inbox.KnownRepository.State;
import dev.reeve.model.Outcome;
import dev.reeve.model.PullRequest;
import dev.reeve.model.RepositoryName;
import dev.reeve.model.Slug;
import dev.reeve.model.Subject;
import dev.reeve.reconcile.CloneTip;
import dev.reeve.reconcile.Misconfigured;
import dev.reeve.reconcile.Reconciler.Scope;
import dev.reeve.reconcile.Rehearsed;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * Tells what a reconcile would do, and does nothing.
 *
 * <p><b>Threading.</b> For any thread; a few look at once, the others are turned away.
 */
public final class Rehearsals {

    /** So many tasks of a repository are looked at, so that an answer comes in time. */
    public static final int MOST_TASKS = 200;

    private static final int AT_ONCE = 2;

    private final Function<RepositoryName, Site> sites;
    private final Function<CloneTip, ReconcilePolicy> policy;
    private final Holdings holdings;
    private final Semaphore turns = new Semaphore(AT_ONCE);

    /**
     * @param sites the repositories, opened when they are first needed
     * @param policy what a pass goes by, made anew for each
     * @param holdings which repositories there are
     */
    public Rehearsals(Function<RepositoryName, Site> sites, Function<CloneTip, ReconcilePolicy> policy,
            Holdings holdings) {
        this.sites = sites;
        this.policy = policy;
        this.holdings = holdings;
    }

    /** What came of it. */
    public sealed interface Rehearsal {

        /**
         * It is known.
         *
         * @param leftOut how many tasks were not looked at
         */
        record Known(Rehearsed rehearsed, int leftOut) implements Rehearsal {}

        /** It could not be found out. */
        record Unknown(Outcome outcome) implements Rehearsal {}

        /** Too many are looking. */
        record Busy() implements Rehearsal {}
    }

    /** What work on this would do now. A fault of our own is thrown. */
    public Rehearsal of(RepositoryName repository, Subject subject) {
        if (!turns.tryAcquire()) {
            return new Rehearsal.Busy();
        }
        try {
            var why = whyNot(repository);
            return why.isPresent() ? new Rehearsal.Unknown(new Outcome.GiveUp(why.get()))
                    : of(sites.apply(repository), subject);
        } catch (Misconfigured e) {
            return new Rehearsal.Unknown(new Outcome.GiveUp(String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            return new Rehearsal.Unknown(isNotThere(e) ? new Outcome.GiveUp(String.valueOf(e.getMessage()))
                    : Outcomes.of(e));
        } finally {
            turns.release();
        }
    }

    /** Of what the App isn't installed on nothing is opened, since that would leave a clone behind. */
    private Optional<String> whyNot(RepositoryName repository) {
        var known = holdings.known().find(repository);
        if (known.filter(one -> one.state() == State.ACTIVE).isPresent()) {
            return Optional.empty();
        }
        return switch (holdings.atGitHub().find(repository)) {
            case Whereabouts.Here _ -> Optional.empty();
            case Whereabouts.Gone() -> Optional.of("The App is not installed on " + repository
                    + ". Install it there, in the account's settings under GitHub Apps.");
            case Whereabouts.Unknown _ -> Optional.of("The App's installation on " + repository
                    + " is suspended. Its owner resumes it in the account's settings under GitHub Apps.");
        };
    }

    /** Work waits for what may become visible yet; whoever asks for a dry run has named something that isn't there. */
    private static boolean isNotThere(RuntimeException e) {
        return e instanceof GitHubFailure failure && failure.kind() instanceof GitHubFailure.Kind.NotFound;
    }

    private Rehearsal of(Site site, Subject subject) {
        return switch (subject) {
            case Subject.OfTask(var slug) -> known(site, site.branch().fetch(), Scope.of(List.of(slug)), 0);
            case Subject.OfPullRequest(int number) -> pullRequest(site, number);
            case Subject.OfCheck(int number) -> pullRequest(site, number);
            case Subject.OfPush(),Subject.OfAll(),Subject.OfRepository(),Subject.OfInstallation() -> all(site);
            // Of these only check runs come.
            case Subject.OfGroup _,Subject.OfCommit _ -> known(site, site.branch().fetch(), Scope.of(List.of()), 0);
        };
    }

    private Rehearsal pullRequest(Site site, int number) {
        var pr = site.gitHub().pullRequest(number);
        var tip = site.newestFor(pr);
        return known(site, tip, Scope.about(tasks(site, pr, tip), number), 0);
    }

    private static List<Slug> tasks(Site site, PullRequest pr, CloneTip tip) {
        return site.which(tip).over(pr).tasks();
    }

    private Rehearsal all(Site site) {
        var tip = site.branch().fetchAgreed();
        var hints = new LinkedHashMap<Slug, Set<Integer>>();
        for (var arrival : AllWork.arrivals(site, tip)) {
            slugs(site, tip, arrival.key().subject()).forEach(slug -> {
                var numbers = hints.computeIfAbsent(slug, _ -> new LinkedHashSet<>());
                if (arrival.trigger().pullRequest() != null) {
                    numbers.add(arrival.trigger().pullRequest());
                }
            });
        }
        var slugs = hints.keySet().stream().limit(MOST_TASKS).toList();
        return known(site, tip, new Scope(slugs, Map.copyOf(hints), List.of()), hints.size() - slugs.size());
    }

    private static List<Slug> slugs(Site site, CloneTip tip, Subject subject) {
        return switch (subject) {
            case Subject.OfTask(var slug) -> List.of(slug);
            case Subject.OfPullRequest(int number) -> tasks(site, site.gitHub().pullRequest(number), tip);
            case Subject.OfCheck _,Subject.OfPush(),Subject.OfAll(),Subject.OfRepository(),Subject.OfInstallation(),Subject.OfGroup _,Subject.OfCommit _ ->
                List.of();
        };
    }

    private Rehearsal known(Site site, CloneTip tip, Scope scope, int leftOut) {
        return new Rehearsal.Known(site.reconciler(tip, site.pullRequests(), site.writer(), Set.of())
                .rehearse(scope, policy.apply(tip)), leftOut);
    }
}
