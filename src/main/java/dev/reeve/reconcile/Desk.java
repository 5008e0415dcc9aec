package dev.reeve.reconcile;

import dev.reeve.git.Checkout;
import dev.reeve.git.LinkedWorktree;
import dev.reeve.git.Removal;
import dev.reeve.model.BranchName;
import dev.reeve.model.DeskFacts.AtDesk;
import dev.reeve.model.DeskFacts.Claim;
import dev.reeve.model.DeskFacts.LastRun;
import dev.reeve.model.DeskFacts.WorktreePlace;
import dev.reeve.model.LocalState;
import dev.reeve.model.OwnerKey;
import dev.reeve.model.RegisterEntry;
import dev.reeve.model.Sha;
import dev.reeve.model.Signal;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskCopy;
import dev.reeve.model.TaskPath;
import dev.reeve.model.TasksRoot;
import dev.reeve.store.DispatchFiles;
import dev.reeve.store.DispatchStatus;
import dev.reeve.store.ProcessTable;
import dev.reeve.store.Registers;
import dev.reeve.store.StateFolder;
import dev.reeve.store.TaskListing;
import dev.reeve.store.WorkingTree;
import dev.reeve.store.WorkingTree.Index;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * An operator's checkout as a pass sees it: working tree, registers, dispatch files, worktrees. It prunes registers, archives dispatch files and
 * removes worktrees; task files it only reads.
 *
 * <p><b>Threading.</b> For one pass: registers, the names of dispatch files and the list of worktrees are read once. What it changes goes
 * through locks that other processes respect.
 */
public final class Desk {

    private final Checkout checkout;
    private final InstantSource clock;
    private final TaskCopies tree;
    private final Claims claims;
    private final DispatchFiles dispatch;
    private final Places places;
    private @Nullable Set<Slug> dispatched;
    private @Nullable Set<BranchName> branches;

    /**
     * @param ours which owners' registers the pass may change; all are read
     * @param tasks the folder of the task files
     * @param index whether a walk through the task files is remembered, which is a write
     */
    public Desk(Checkout checkout, Predicate<OwnerKey> ours, TasksRoot tasks, InstantSource clock, Index index) {
        this.checkout = checkout;
        this.clock = clock;
        var state = new StateFolder(checkout.root(), clock);
        this.tree = new TaskCopies(new WorkingTree(state, tasks, index), checkout.root());
        this.claims = new Claims(new Registers(state), ours);
        this.dispatch = new DispatchFiles(state, tasks, new ProcessTable());
        this.places = new Places(checkout, tasks, clock);
    }

    /** What is known of a task before its pull request is looked up. */
    record Glance(Slug slug, Optional<TaskPath> path, TaskCopy root, Claim claim, Optional<LinkedWorktree> worktree) {

        Optional<RegisterEntry> entry() {
            return switch (claim) {
                case Claim.Held(var _, var entry) -> Optional.of(entry);
                case Claim.HeldByAnother(var _, var entry) -> Optional.of(entry);
                case Claim.None _,Claim.Unreadable _ -> Optional.empty();
            };
        }
    }

    /** Whether the size of a worktree matters. */
    enum Sizes {
        MEASURED, LEFT_OUT
    }

    /** The task file, the register entry, and the worktree without a look into it. */
    Glance glance(Slug slug) {
        return reading(() -> {
            var file = tree.find(slug);
            var claim = claims.of(slug);
            var seen = new Glance(slug, file.path(), file.copy(), claim, Optional.empty());
            return new Glance(slug, file.path(), file.copy(), claim, places.of(seen));
        });
    }

    /** Whether anything here knows the task: a file, a register, dispatch files. A register that can't be read may. */
    public boolean knows(Slug slug) {
        var glance = glance(slug);
        return reading(() -> !(glance.root() instanceof TaskCopy.Absent && glance.claim() instanceof Claim.None
                && !dispatched().contains(slug)));
    }

    /** How these task files compare with {@code HEAD}, asked for at once. */
    Map<TaskPath, LocalState> localStates(Collection<TaskPath> paths) {
        return checkout.localStates(paths);
    }

    /**
     * The rest of what is known of it.
     *
     * @param saved commits that count as pushed and merged
     * @param tip what a worktree's commits are compared with
     */
    AtDesk facts(Glance glance, LocalState localState, Set<Sha> saved, Sizes sizes, Tip tip) {
        return reading(() -> {
            boolean ran = dispatched().contains(glance.slug());
            return new AtDesk(glance.root(), localState, glance.claim(), places.look(glance, saved, sizes, tip),
                    ran ? lastRun(glance.slug()) : new LastRun.None(),
                    ran ? dev.reeve.model.DeskFacts.DispatchFiles.PRESENT
                            : dev.reeve.model.DeskFacts.DispatchFiles.ABSENT);
        });
    }

    /** What is known of a task's last run, and nothing else: no worktree is looked into, no register. */
    AtDesk lastRunOnly(Slug slug) {
        return reading(() -> new AtDesk(new TaskCopy.Absent(), LocalState.NOT_ASKED, new Claim.None(),
                new WorktreePlace.Unreadable("it was not looked at"),
                dispatched().contains(slug) ? lastRun(slug) : new LastRun.None(),
                dev.reeve.model.DeskFacts.DispatchFiles.PRESENT));
    }

    private Set<Slug> dispatched() throws IOException {
        var slugs = dispatched == null ? dispatch.slugs() : dispatched;
        dispatched = slugs;
        return slugs;
    }

    private LastRun lastRun(Slug slug) throws IOException {
        return switch (dispatch.read(slug)) {
            case DispatchStatus.None() -> new LastRun.None();
            case DispatchStatus.Known(var run) -> new LastRun.Known(run);
            case DispatchStatus.Corrupt(var fault) -> new LastRun.Unreadable(fault.message());
            case DispatchStatus.Untouchable(var fault) -> new LastRun.Unreadable(fault.message());
        };
    }

    /** Lists every task file, and remembers where they are for the rest of the pass. */
    public TaskListing list() {
        return reading(tree::list);
    }

    /** Takes a walk that was made already for where the task files are, so that none is made here. */
    public void given(TaskListing listing) {
        tree.given(listing);
    }

    /**
     * The same from who remembers where each task is.
     *
     * @param where the paths of a slug's files, the one that counts first; none when there is no such task
     * @param unread what could not be looked into, as {@link TaskListing#unread}
     */
    public void given(Function<Slug, List<TaskPath>> where, List<String> unread) {
        tree.given(where, unread);
    }

    /** Where the task file of a slug is in the working tree. */
    public Optional<TaskPath> find(Slug slug) {
        return reading(() -> tree.find(slug).path());
    }

    /** Whether a branch of this name is here, or was at {@code origin} when it was last fetched. */
    public boolean hasBranch(BranchName branch) {
        var all = branches == null ? checkout.branches() : branches;
        branches = all;
        return all.contains(branch);
    }

    /** The slugs of register entries that satisfy a condition. */
    List<Slug> registered(Predicate<RegisterEntry> condition) {
        return reading(() -> claims.registered(condition));
    }

    /** Every slug that a register or a dispatch file knows. */
    public Set<Slug> knownSlugs() {
        return reading(() -> {
            var slugs = new LinkedHashSet<>(claims.registered(_ -> true));
            slugs.addAll(dispatched());
            return slugs;
        });
    }

    /** The branches that are checked out in linked worktrees. */
    public Set<BranchName> checkedOut() {
        return places.branches();
    }

    /** The pull requests that register entries of these tasks name. */
    public Set<Integer> registeredNumbers(Predicate<Slug> tasks) {
        return ofEntries(tasks, RegisterEntry::prNumber);
    }

    /** The branches that register entries of these tasks name. */
    public Set<BranchName> registeredBranches(Predicate<Slug> tasks) {
        return ofEntries(tasks, entry -> entry.branch() == null ? null : BranchName.parse(entry.branch()).orElse(null));
    }

    private <T> Set<T> ofEntries(Predicate<Slug> tasks, Function<RegisterEntry, @Nullable T> part) {
        return reading(claims::entries).stream()
                .filter(entry -> tasks.test(entry.slug()))
                .map(part)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Merges files that other spellings of an owner left into the canonical ones, before anything of them is read. */
    public List<Signal> mergeSpellings(Function<String, Optional<OwnerKey>> canonical) {
        return reading(() -> claims.mergeSpellings(canonical));
    }

    /** What is wrong with the registers, besides {@link #untouchableRegisters}. */
    public List<Signal> signals() {
        return reading(claims::signals);
    }

    /** Why some registers are not for this Reeve to touch. What they hold is unknown, so their tasks are left alone. */
    public List<Signal> untouchableRegisters() {
        return reading(claims::untouchable);
    }

    /** Sets registers that don't parse aside, each for an empty one; {@link #signals} says so. */
    public void repairRegisters() {
        reading(() -> {
            claims.repair();
            return true;
        });
    }

    /** Sets a dispatch status and a tombstone that don't parse aside; what was done. */
    List<Signal> repair(Slug slug) {
        return reading(() -> dispatch.repair(slug));
    }

    /** Takes an entry out of its register unless it was changed since; true when it is gone by this. */
    boolean prune(Claim.Held claim) {
        return reading(() -> claims.prune(claim));
    }

    /** Moves a task's dispatch files to the archive, unless a worker has begun since they were looked at; true when any were moved. */
    boolean archive(Slug slug) {
        return reading(() -> !lastRun(slug).mayBeAlive() && !dispatch.archive(slug, clock.instant()).isEmpty());
    }

    /** Removes a worktree, never by force. */
    Removal removeWorktree(Path worktree) {
        return checkout.removeWorktree(worktree);
    }

    /** The task files of the working tree. */
    public WorkingTree tree() {
        return tree.tree();
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    private static <T> T reading(Reading<T> reading) {
        try {
            return reading.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
