package dev.reeve.reconcile;

import dev.reeve.decide.Action;
import dev.reeve.decide.ReconcileDecision;
import dev.reeve.decide.ReconcilePolicy;
import dev.reeve.decide.ReconcilePolicy.Repairs;
import dev.reeve.model.MergeVisibility;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.Signal;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskCopy;
import dev.reeve.model.TaskFacts;
import dev.reeve.reconcile.ReconcileReport.Failure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A pass whose only repair is the register, as a heartbeat makes it: the same facts and the same decision as in {@link Reconciler}, but no task file is
 * written, no worktree removed, no dispatch file moved, and what is left out so is not spoken of. It fetches nothing and measures no worktree.
 *
 * <p><b>Threading.</b> For one pass of one thread, as its {@link Desk} is.
 */
public final class RegisterPass {

    private final Tip tip;
    private final Desk desk;
    private final PullRequests pullRequests;

    /**
     * @param tip the default branch as it was last fetched
     * @param desk the operator's checkout; give it the walk that was made already, else it makes one of its own
     * @param pullRequests answers at once
     */
    public RegisterPass(Tip tip, Desk desk, PullRequests pullRequests) {
        this.tip = tip;
        this.desk = desk;
        this.pullRequests = pullRequests;
    }

    /**
     * What was found of a task.
     *
     * @param facts as they are after the pass; nothing when it could not be looked at, which is among the failures then
     * @param signals what an operator should know, also of an entry that could not be taken out
     * @param pruned why its register entry was taken out; nothing when it wasn't
     * @param failures what was to be done and failed
     */
    public record Found(Slug slug, Optional<TaskFacts> facts, List<Signal> signals, Optional<String> pruned,
            List<Failure> failures) {

        /** Makes it immutable. */
        public Found {
            signals = List.copyOf(signals);
            failures = List.copyOf(failures);
        }

        private Found pruned(String reason) {
            return new Found(slug, facts.map(TaskFacts::unclaimed), signals, Optional.of(reason), failures);
        }

        private Found kept(Action.Prune prune, Failure why) {
            var all = Stream.concat(signals.stream(), Stream.of(prune.kept(why.message()))).toList();
            return new Found(slug, facts, all, Optional.empty(), List.of(why));
        }

        private static Found unseen(Slug slug, RuntimeException why) {
            return new Found(slug, Optional.empty(), List.of(), Optional.empty(),
                    List.of(Failure.of(Reconciler.LOOK, slug, why)));
        }
    }

    /**
     * Looks at these tasks and prunes the register of those whose work is over; one that fails leaves the others running.
     *
     * @return one for each slug, in their order
     * @throws dev.reeve.git.GitFailure when the default branch can't be read at all
     */
    public List<Found> run(Collection<Slug> slugs, ReconcilePolicy policy) {
        var observer = new Observer(tip, Optional.of(desk), pullRequests, Repairs.REGISTER);
        var failed = new LinkedHashMap<Slug, RuntimeException>();
        var look = observer.look(slugs, failed);
        var only = policy.repairs() == Repairs.NOTHING ? policy : policy.repairing(Repairs.REGISTER);
        var found = new ArrayList<Found>(slugs.size());
        for (var slug : slugs) {
            var failure = failed.get(slug);
            found.add(failure == null ? at(slug, look, only) : Found.unseen(slug, failure));
        }
        return found;
    }

    /** What is known of a task's last run alone, for whoever wants to know how many workers there are. */
    public Found lastRunOnly(Slug slug) {
        try {
            return new Found(slug, Optional.of(new TaskFacts(slug, new TaskCopy.Absent(), desk.lastRunOnly(slug),
                    new PullRequestLookup.None(), MergeVisibility.NONE)), List.of(), Optional.empty(), List.of());
        } catch (RuntimeException e) {
            return Found.unseen(slug, e);
        }
    }

    private Found at(Slug slug, Observer.Look look, ReconcilePolicy policy) {
        try {
            var facts = look.at(slug, Set.of());
            var plan = ReconcileDecision.decide(facts, policy);
            var found = new Found(slug, Optional.of(facts), plan.signals(), Optional.empty(), List.of());
            for (var action : plan.actions()) {
                found = action instanceof Action.Prune prune ? prune(prune, found) : found;
            }
            return found;
        } catch (RuntimeException e) {
            return Found.unseen(slug, e);
        }
    }

    /** An entry that somebody has changed meanwhile stays, and is looked at anew in the next pass. */
    private Found prune(Action.Prune prune, Found found) {
        try {
            return desk.prune(prune.claim()) ? found.pruned(prune.reason()) : found;
        } catch (RuntimeException e) {
            return found.kept(prune, Failure.of(prune.verb(), prune.slug(), e));
        }
    }
}
