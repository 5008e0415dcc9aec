package dev.reeve.work;

import dev.reeve.decide.CheckWording;
import dev.reeve.github.GitHubFailure;
import dev.reeve.github.OwnRun;
import dev.reeve.inbox.Arrival;
import dev.reeve.inbox.Claim;
import dev.reeve.inbox.Result;
import dev.reeve.model.ExternalId;
import dev.reeve.model.Outcome;
import dev.reeve.model.Press;
import dev.reeve.model.PullRequest;
import dev.reeve.model.Sha;
import dev.reeve.model.Subject;
import dev.reeve.model.Trigger;
import dev.reeve.model.WorkKey;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds what a commit's check runs are about: those that somebody wants anew, and those of the pull requests whose head it is. */
final class CommitWork {

    private static final Pattern OF_APP = Pattern.compile("check_suite completed of app ([0-9]{1,18})");
    private static final String REQUESTED = "check_suite requested";
    /** GitHub doesn't find pull requests of forks by their commits; an open one of which something is new is among these. */
    private static final int RECENT = 100;

    private final Site site;
    private final Sha commit;
    private final Set<Arrival> arrivals = new LinkedHashSet<>();

    private CommitWork(Site site, Sha commit) {
        this.site = site;
        this.commit = commit;
    }

    static Result run(Site site, Claim claim, Sha commit) {
        var work = new CommitWork(site, commit);
        claim.triggers().forEach(trigger -> Press.in(trigger).ifPresent(press -> work.rerun(press, trigger)));
        var others = claim.triggers()
                .stream()
                .filter(trigger -> Press.in(trigger).isEmpty() && !isAboutUs(site, trigger))
                .toList();
        if (!others.isEmpty() || claim.triggers().isEmpty()) {
            work.look(others);
        }
        return new Result(new Outcome.Done(), List.copyOf(work.arrivals));
    }

    /** What our own check runs come to changes nothing that we say. */
    private static boolean isAboutUs(Site site, Trigger trigger) {
        var match = OF_APP.matcher(trigger.cause());
        return match.matches() && site.gitHub().isOurs(Long.parseLong(match.group(1)));
    }

    private void rerun(Press press, Trigger trigger) {
        var runs = site.gitHub().ownRuns(commit);
        var seen = new LinkedHashSet<String>();
        runs.stream()
                .filter(run -> press.run() == null || press.run() == run.id())
                .filter(run -> seen.add(run.externalId()))
                .forEach(run -> rerun(run, press.of(run.id()), trigger));
        if (runs.isEmpty()) {
            look(List.of(trigger));
        }
    }

    private void rerun(OwnRun run, Press press, Trigger trigger) {
        var number = ExternalId.pullRequestIn(run.externalId());
        number.flatMap(this::known).ifPresent(pr -> rerun(pr, run, press, trigger));
        if (run.externalId().equals(ExternalId.ofGroup(commit))) {
            add(new Subject.OfGroup(commit), press.cause(), trigger);
        }
    }

    /** GitHub shows a run that was asked for anew as pending until another one comes, so that a commit which isn't the head any more gets one as well. */
    private void rerun(PullRequest pr, OwnRun run, Press press, Trigger trigger) {
        if (!pr.headSha().equals(commit)) {
            site.gitHub()
                    .putCheckRunAfter(run.id(), commit, run.name(), run.externalId(),
                            CheckWording.outdated(pr.number()));
            return;
        }
        add(new Subject.OfCheck(pr.number()), press.cause(), trigger);
        if (!pr.state().isOpen()) {
            add(new Subject.OfPullRequest(pr.number()), press.cause(), trigger);
        }
    }

    private Optional<PullRequest> known(int number) {
        try {
            return Optional.of(site.gitHub().pullRequest(number));
        } catch (GitHubFailure failure) {
            if (failure.kind() instanceof GitHubFailure.Kind.NotFound) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** GitHub asks for checks of every push, beside the event of the pull request: where that has led to a run there is nothing to do. */
    private void look(List<Trigger> triggers) {
        boolean onlyRequested = !triggers.isEmpty()
                && triggers.stream().allMatch(trigger -> trigger.cause().equals(REQUESTED));
        if (onlyRequested && !site.gitHub().ownRuns(commit).isEmpty()) {
            return;
        }
        var open = openAt(site.gitHub().pullRequestsAt(commit));
        var found = open.isEmpty() && !onlyRequested ? openAt(site.gitHub().recentPullRequests(RECENT)) : open;
        found.forEach(pr -> triggers.stream()
                .limit(1)
                .forEach(trigger -> add(new Subject.OfCheck(pr.number()), trigger.cause(), trigger)));
        if (triggers.isEmpty()) {
            found.forEach(pr -> arrivals.add(new Arrival(new WorkKey(site.name(), new Subject.OfCheck(pr.number())),
                    Trigger.of("commit"))));
        }
    }

    private List<PullRequest> openAt(List<PullRequest> pulls) {
        return pulls.stream().filter(pr -> pr.state().isOpen() && pr.headSha().equals(commit)).toList();
    }

    private void add(Subject subject, String cause, Trigger trigger) {
        arrivals.add(new Arrival(new WorkKey(site.name(), subject), new Trigger(cause, trigger.guid(), null, null)));
    }
}
