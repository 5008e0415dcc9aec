package dev.reeve.reconcile;

import dev.reeve.decide.Action;
import dev.reeve.decide.BookkeepingWording.Entry;
import dev.reeve.decide.ReconcilePolicy;
import dev.reeve.github.RepositoryClient;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskCopy;
import dev.reeve.model.TasksRoot;
import dev.reeve.reconcile.GitHubPullRequests.WhenItFails;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Decides anew on completions that wait in the bookkeeping pull request, of which no more is known than what their commits say: after a restart, or when
 * another replica has made them. What such a commit says is believed no further than GitHub and the default branch bear it out.
 *
 * @param policy what a pass goes by, made anew for each
 * @param checkout opens the operator's checkout, where there is one: what is registered there counts
 */
public record Replan(RepositoryClient gitHub, Function<CloneTip, ReconcilePolicy> policy,
        Optional<Function<TasksRoot, Desk>> checkout) {

    /** The completion, if it is still to be made. */
    Optional<Rewrite> of(CloneTip tip, Entry entry, List<String> deliveries) {
        return entry.pullRequest()
                .filter(_ -> isOpen(tip, entry.slug()))
                .flatMap(number -> completion(tip, entry.slug(), number, deliveries));
    }

    private static boolean isOpen(CloneTip tip, Slug slug) {
        return tip.find(slug)
                .map(path -> Copies.in(tip.entries(List.of(path))))
                .flatMap(TaskCopy::asTask)
                .filter(task -> !task.status().isFinal())
                .isPresent();
    }

    private Optional<Rewrite> completion(CloneTip tip, Slug slug, int number, List<String> deliveries) {
        var which = new WhichTasks(gitHub, tip, checkout.map(open -> open.apply(tip.tasksRoot())));
        var pullRequests = new PromisedPullRequests(
                new RememberedPullRequests(new GitHubPullRequests(gitHub, WhenItFails.THROW)), which, Set.of());
        var scope = new Reconciler.Scope(List.of(slug), Map.of(slug, Set.of(number)), deliveries);
        return new Reconciler(tip, Optional.empty(), pullRequests, Replan::unwritten).plan(scope, policy.apply(tip))
                .stream()
                .flatMap(planned -> planned.plan().actions().stream())
                .<Rewrite>mapMulti((action, sink) -> {
                    if (action instanceof Action.Complete complete && complete.completion().prNumber() == number) {
                        sink.accept(new Completing(complete, new Trailers(deliveries)));
                    }
                })
                .findFirst();
    }

    /** A plan writes nothing. */
    private static List<TaskWriter.Written> unwritten(List<Rewrite> rewrites) {
        return Collections.nCopies(rewrites.size(), new TaskWriter.Written.NotNeeded("it is only planned"));
    }
}
