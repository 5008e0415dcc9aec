package dev.reeve.work;

import dev.reeve.decide.TaskLines;
import dev.reeve.git.GitFailure;
import dev.reeve.github.GitHubFailure;
import dev.reeve.inbox.Arrival;
import dev.reeve.inbox.Claim;
import dev.reeve.inbox.Repositories;
import dev.reeve.inbox.Result;
import dev.reeve.model.Outcome;
import dev.reeve.model.PullRequest;
import dev.reeve.model.Slug;
import dev.reeve.model.Subject;
import dev.reeve.model.Task;
import dev.reeve.model.TaskStatus;
import dev.reeve.model.Trigger;
import dev.reeve.model.WorkKey;
import dev.reeve.reconcile.CloneTip;
import org.jspecify.annotations.Nullable;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reconciles a repository as a whole, without a question to GitHub for each of its tasks: the pull requests that were updated last are listed, and a task
 * becomes work of its own when one of them is about it, or when it shows signs of having been begun (in progress, a number, a register entry, dispatch
 * files).
 */
final class AllWork {

    /** A pull request that was merged longer ago than so many others has had its turn. */
    private static final int RECENT = 300;

    private AllWork() {}

    static Result run(Site site, Claim claim, Repositories known) {
        var tip = site.branch().fetchAgreed();
        var guid = claim.triggers().stream().map(Trigger::guid).filter(Objects::nonNull).findFirst().orElse(null);
        var pulls = site.gitHub().recentPullRequests(RECENT);
        var arrivals = arrivals(site, tip, guid, pulls);
        var outcome = tidied(site);
        return known.find(site.name())
                .map(before -> SinceLastSweep.note(before, known, site, tip, claim, pulls, arrivals))
                .map(swept -> new Result(outcome, swept.followUps()))
                .orElseGet(() -> new Result(outcome, List.copyOf(arrivals)));
    }

    /** The work that there is in the repository as a whole. */
    static Set<Arrival> arrivals(Site site, CloneTip tip) {
        return arrivals(site, tip, null, site.gitHub().recentPullRequests(RECENT));
    }

    private static Set<Arrival> arrivals(Site site, CloneTip tip, @Nullable String guid, List<PullRequest> pulls) {
        var open = tip.tasks().stream().filter(task -> !task.status().isFinal()).toList();
        var arrivals = new LinkedHashSet<Arrival>();
        open.stream().filter(AllWork::isBegun).forEach(task -> arrivals.add(work(site, task.slug(), guid, null)));
        site.desk(tip).ifPresent(desk -> desk.knownSlugs().forEach(slug -> arrivals.add(work(site, slug, guid, null))));
        var byBranch = open.stream().collect(Collectors.groupingBy(task -> task.branch().value()));
        var slugs = open.stream().map(Task::slug).collect(Collectors.toSet());
        for (var pr : pulls) {
            var named = TaskLines.in(pr.body());
            var byHead = byHead(pr, byBranch);
            (named.isEmpty() ? byHead : named).stream()
                    .filter(slugs::contains)
                    .map(slug -> pr.state() == PullRequest.State.MERGED ? pull(site, pr, guid)
                            : work(site, slug, guid, pr.number()))
                    .forEach(arrivals::add);
        }
        return arrivals;
    }

    /** The bookkeeping pull request may be left from a configuration that wanted one. What is found goes on, whatever becomes of that. */
    private static Outcome tidied(Site site) {
        try {
            site.writer().tidy();
            return new Outcome.Done();
        } catch (GitFailure | GitHubFailure e) {
            return Outcomes.of(e);
        }
    }

    private static boolean isBegun(Task task) {
        return task.status() == TaskStatus.IN_PROGRESS || task.prNumber() != null;
    }

    private static List<Slug> byHead(PullRequest pr, Map<String, List<Task>> byBranch) {
        return pr.fromFork() ? List.of()
                : byBranch.getOrDefault(pr.headBranch(), List.of()).stream().map(Task::slug).toList();
    }

    /** What is said of a merged one now may not have been said before the merge; that is judged where its check run is read. */
    private static Arrival pull(Site site, PullRequest pr, @Nullable String guid) {
        return new Arrival(new WorkKey(site.name(), new Subject.OfPullRequest(pr.number())),
                new Trigger("whole repository", guid, pr.number(), null));
    }

    private static Arrival work(Site site, Slug slug, @Nullable String guid, @Nullable Integer pullRequest) {
        return new Arrival(new WorkKey(site.name(), new Subject.OfTask(slug)),
                new Trigger("whole repository", guid, pullRequest, null));
    }
}
