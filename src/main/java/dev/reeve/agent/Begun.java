package dev.reeve.agent;

import dev.reeve.decide.HeartbeatPolicy;
import dev.reeve.model.BranchName;
import dev.reeve.model.CatalogEntry;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskStatus;
import dev.reeve.reconcile.Desk;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The tasks that show signs of work, which are few: a register or dispatch files know them, their branch is checked out in a worktree, or they are in
 * progress. Only into them a cycle looks deeper than into their files.
 *
 * @param slugs of those tasks, some of which may have no file any more
 * @param numbers of pull requests that the registers name and that are to be asked for
 * @param branches likewise
 */
record Begun(Set<Slug> slugs, Set<Integer> numbers, Set<BranchName> branches) {

    /** What looking for them is called when it fails. */
    static final String COLLECT = "collect";

    /**
     * What of it could be seen; what couldn't is among the troubles.
     *
     * @param asked whose pull requests GitHub is to be asked for
     */
    static Begun atDesk(Overview overview, Desk desk, HeartbeatPolicy policy, Predicate<Slug> asked,
            Troubles troubles) {
        var slugs = new LinkedHashSet<>(troubles.in(COLLECT, desk::knownSlugs).orElse(Set.of()));
        var checkedOut = troubles.in(COLLECT, desk::checkedOut).orElse(Set.of());
        for (var entry : overview.entries()) {
            if (entry instanceof CatalogEntry.Valid(var task)
                    && (task.status() == TaskStatus.IN_PROGRESS || checkedOut.contains(task.branch()))
                    && policy.concerns(task)) {
                slugs.add(task.slug());
            }
        }
        return new Begun(slugs, troubles.in(COLLECT, () -> desk.registeredNumbers(asked)).orElse(Set.of()),
                troubles.in(COLLECT, () -> desk.registeredBranches(asked)).orElse(Set.of()));
    }

    /** These and others. */
    Set<Slug> and(Collection<Slug> others) {
        var all = new LinkedHashSet<>(slugs);
        all.addAll(others);
        return all;
    }

    /** The pull requests to ask for: of these tasks whatever it takes, of the others what the list of all says. */
    Wanted wanted(Overview overview, Predicate<Slug> asked) {
        var named = new HashSet<>(numbers);
        var begun = new HashSet<>(branches);
        var open = new HashSet<BranchName>();
        for (var task : overview.open()) {
            if (asked.test(task.slug())) {
                if (task.prNumber() != null) {
                    named.add(task.prNumber());
                }
                (slugs.contains(task.slug()) ? begun : open).add(task.branch());
            }
        }
        return new Wanted(named, begun, open);
    }
}
