package dev.reeve.agent;

import dev.reeve.decide.HeartbeatPolicy;
import dev.reeve.git.Checkout;
import dev.reeve.model.OwnerKey;
import dev.reeve.model.Slug;
import dev.reeve.model.TasksRoot;
import dev.reeve.reconcile.CheckoutTip;
import dev.reeve.reconcile.Desk;
import dev.reeve.store.Catalog;
import dev.reeve.store.StateFolder;
import dev.reeve.store.TaskCatalog;
import dev.reeve.store.WorkingTree;
import dev.reeve.store.WorkingTree.Index;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Looks at everything and says what is true: one cycle of the agent, without its snapshot. It never writes a task file; the register is all that
 * it may prune, if its policy lets it.
 *
 * <p><b>Threading:</b> one thread at a time. What is remembered from cycle to cycle, in here and in its parts, only saves time.
 */
public final class Heartbeat {

    private final Surroundings surroundings;
    private final TaskCatalog tasks;
    private final PullRequestWatch watch;
    private @Nullable Memory memory;

    /**
     * Where it looks.
     *
     * @param ours which owners' registers may be pruned; all are read
     */
    public record Surroundings(Checkout checkout, TasksRoot tasks, Predicate<OwnerKey> ours, InstantSource clock) {

        /** The desk of one cycle, which finds task files where the catalog does. */
        Desk desk(Catalog catalog) {
            var desk = new Desk(checkout, ours, tasks, clock, Index.READ);
            desk.given(slug -> {
                var entry = catalog.entries().get(slug);
                return entry == null ? List.of() : entry.path().map(List::of).orElse(List.of());
            }, catalog.unread());
            return desk;
        }

        private DependencyLines lines() {
            return new DependencyLines(
                    new WorkingTree(new StateFolder(checkout.root(), clock), tasks, Index.READ));
        }

        /** The default branch as it was last fetched: a cycle talks to no remote. */
        CheckoutTip tip(HeartbeatPolicy policy, Desk desk) {
            var branch = policy.reconcile().defaultBranch();
            return new CheckoutTip(checkout, branch, checkout.remoteTip(branch).or(checkout::head), tasks, desk::find);
        }
    }

    /** What holds as long as no file has changed. */
    private record Memory(Overview overview, Timeless timeless) {}

    public Heartbeat(Surroundings surroundings, TaskCatalog tasks, PullRequestWatch watch) {
        this.surroundings = surroundings;
        this.tasks = tasks;
        this.watch = watch;
    }

    /**
     * One cycle.
     *
     * @param only the one task whose pull request GitHub is asked for; those of all when empty
     * @param patience how long to wait for GitHub; what it says later counts in the next cycle
     * @throws IOException when the tasks can't be looked at at all
     */
    public Beat beat(HeartbeatPolicy policy, Optional<Slug> only, Duration patience) throws IOException {
        var known = memory(tasks.read(), policy);
        return new Cycle(surroundings, policy, known.overview, known.timeless).run(watch,
                slug -> only.isEmpty() || only.get().equals(slug), patience);
    }

    /** Keeps what was read of all tasks for the next process, if that is worth it; see {@link TaskCatalog#remember}. */
    public void remember() {
        tasks.remember();
    }

    private Memory memory(Catalog catalog, HeartbeatPolicy policy) {
        var last = memory;
        if (last == null || !last.overview.isOf(catalog, policy)) {
            last = new Memory(Overview.of(catalog, policy, surroundings.lines()::of), new Timeless());
            memory = last;
        }
        return last;
    }
}
