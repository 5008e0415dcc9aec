package dev.reeve.reconcile;

import dev.reeve.git.Checkout;
import dev.reeve.git.LinkedWorktree;
import dev.reeve.git.Removal;
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
import dev.reeve.model.Task;
import dev.reeve.model.TaskCopy;
import dev.reeve.model.TaskPath;
import dev.reeve.model.TasksRoot;
import dev.reeve.store.DispatchFiles;
import dev.reeve.store.DispatchStatus;
import dev.reeve.store.ProcessTable;
import dev.reeve.store.Register;
import dev.reeve.store.RegisterUpdate;
import dev.reeve.store.Registers;
import dev.reeve.store.StateFolder;
import dev.reeve.store.TaskContent;
import dev.reeve.store.WorkingTree;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * An operator's checkout as a pass sees it: working tree, registers, dispatch files, worktrees. It prunes registers, archives dispatch files and
 * removes worktrees; task files it only reads.
 *
 * <p><b>Threading.</b> For one pass: registers and the list of worktrees are read once. What it changes goes through locks that other processes respect.
 */
public final class Desk {

    private final Checkout checkout;
    private final Optional<OwnerKey> only;
    private final InstantSource clock;
    private final TasksRoot tasks;
    private final WorkingTree tree;
    private final Registers registers;
    private final DispatchFiles dispatch;
    private final StateFolder state;
    private @Nullable List<Held> held;
    private @Nullable List<LinkedWorktree> worktrees;

    private record Held(OwnerKey owner, Register register) {}

    /**
     * @param only whose register alone is looked at; every owner's when empty
     * @param tasks the folder of the task files
     */
    public Desk(Checkout checkout, Optional<OwnerKey> only, TasksRoot tasks, InstantSource clock) {
        this.checkout = checkout;
        this.only = only;
        this.clock = clock;
        this.tasks = tasks;
        this.state = new StateFolder(checkout.root(), clock);
        this.tree = new WorkingTree(state, tasks);
        this.registers = new Registers(state);
        this.dispatch = new DispatchFiles(state, tasks, new ProcessTable());
    }

    /** What is known of a task before its pull request is looked up. */
    record Glance(Slug slug, Optional<TaskPath> path, TaskCopy root, Claim claim) {

        Optional<RegisterEntry> entry() {
            return claim instanceof Claim.Held(var _, var entry) ? Optional.of(entry) : Optional.empty();
        }
    }

    /** The task file and the register entry. */
    Glance glance(Slug slug) {
        return reading(() -> {
            var path = tree.find(slug).stream().findFirst();
            TaskCopy root = path.isEmpty() ? new TaskCopy.Absent() : copy(tree, checkout.root(), path.get());
            return new Glance(slug, path, root, claim(slug));
        });
    }

    /** The rest of what is known of it. {@code saved} are commits that count as pushed. */
    AtDesk facts(Glance glance, Set<Sha> saved) {
        return reading(() -> {
            var localState = glance.path()
                    .map(path -> checkout.localStates(List.of(path)).get(path))
                    .orElse(LocalState.MISSING);
            var files = dispatch.has(glance.slug()) ? dev.reeve.model.DeskFacts.DispatchFiles.PRESENT
                    : dev.reeve.model.DeskFacts.DispatchFiles.ABSENT;
            return new AtDesk(glance.root(), localState, glance.claim(), place(glance, saved), lastRun(glance.slug()),
                    files);
        });
    }

    private static TaskCopy copy(WorkingTree tree, Path root, TaskPath path) throws IOException {
        return switch (tree.read(path)) {
            case TaskContent.Absent() -> new TaskCopy.Absent();
            case TaskContent.Refused(var fault) -> new TaskCopy.Faulty(List.of(fault));
            case TaskContent.Present present -> Copies.of(path, present.bytes(), modified(root.resolve(path.value())));
        };
    }

    private static @Nullable Instant modified(Path file) throws IOException {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                ? Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant()
                : null;
    }

    private Claim claim(Slug slug) throws IOException {
        for (var one : held()) {
            var entry = one.register().entries().get(slug);
            if (entry != null) {
                return new Claim.Held(one.owner(), entry);
            }
        }
        return held().stream()
                .filter(one -> !(one.register() instanceof Register.Loaded))
                .findFirst()
                .<Claim>map(one -> new Claim.Unreadable(one.register().signals().getFirst().message()))
                .orElse(new Claim.None());
    }

    private List<Held> held() throws IOException {
        if (held == null) {
            var owners = only.isPresent() ? List.of(only.get()) : registers.owners();
            var all = new ArrayList<Held>();
            for (var owner : owners) {
                all.add(new Held(owner, registers.read(owner)));
            }
            held = List.copyOf(all);
        }
        return held;
    }

    private LastRun lastRun(Slug slug) throws IOException {
        return switch (dispatch.read(slug)) {
            case DispatchStatus.None() -> new LastRun.None();
            case DispatchStatus.Known(var run) -> new LastRun.Known(run);
            case DispatchStatus.Corrupt(var fault) -> new LastRun.Unreadable(fault.message());
            case DispatchStatus.Untouchable(var fault) -> new LastRun.Unreadable(fault.message());
        };
    }

    private WorktreePlace place(Glance glance, Set<Sha> saved) {
        try {
            var linked = linked(glance);
            if (linked.isEmpty()) {
                return new WorktreePlace.Gone();
            }
            var worktree = checkout.inspect(linked.get(), saved);
            return worktree.isEmpty() ? new WorktreePlace.Gone()
                    : new WorktreePlace.There(worktree.get(), copyIn(linked.get().path(), glance));
        } catch (dev.reeve.git.GitFailure e) {
            return new WorktreePlace.Unreadable(String.valueOf(e.getMessage()));
        }
    }

    /** By the path that the register names, else by the branch that the register or the task names. */
    private Optional<LinkedWorktree> linked(Glance glance) {
        var all = worktrees();
        var path = glance.entry().map(RegisterEntry::worktreePath);
        var branch = glance.entry()
                .map(RegisterEntry::branch)
                .or(() -> glance.root().asTask().map(Task::branch).map(Object::toString));
        return all.stream()
                .filter(w -> path.filter(p -> w.path().equals(Path.of(p))).isPresent())
                .findFirst()
                .or(() -> all.stream()
                        .filter(w -> w.branch().isPresent() && branch.equals(w.branch().map(Object::toString)))
                        .findFirst());
    }

    private List<LinkedWorktree> worktrees() {
        var all = worktrees == null ? checkout.worktrees() : worktrees;
        worktrees = all;
        return all;
    }

    private TaskCopy copyIn(Path worktree, Glance glance) {
        return reading(() -> {
            var there = new WorkingTree(new StateFolder(worktree, clock), tasks);
            return glance.path().isEmpty() ? new TaskCopy.Absent() : copy(there, worktree, glance.path().get());
        });
    }

    /** The slugs of register entries that satisfy a condition. */
    List<Slug> registered(Predicate<RegisterEntry> condition) {
        return reading(() -> held().stream()
                .flatMap(one -> one.register().entries().values().stream())
                .filter(condition)
                .map(RegisterEntry::slug)
                .distinct()
                .toList());
    }

    /** Every slug that a register or a dispatch file knows. */
    public Set<Slug> knownSlugs() {
        return reading(() -> {
            var slugs = new LinkedHashSet<>(registered(_ -> true));
            slugs.addAll(dispatch.slugs());
            return slugs;
        });
    }

    /** What is wrong with the registers themselves. */
    public List<Signal> signals() {
        return reading(() -> held().stream().flatMap(one -> one.register().signals().stream()).toList());
    }

    /** Takes an entry out of its register unless it was changed since; true when it is gone by this. */
    boolean prune(Claim.Held claim) {
        return reading(() -> switch (registers.remove(claim.owner(), List.of(claim.entry()))) {
            case RegisterUpdate.Written _ -> true;
            case RegisterUpdate.Unchanged _ -> false;
            case RegisterUpdate.Refused(var signal) -> throw new IllegalStateException(signal.message());
        });
    }

    /** Moves a task's dispatch files to the archive; true when there were any. */
    boolean archive(Slug slug) {
        return reading(() -> !dispatch.archive(slug, clock.instant()).isEmpty());
    }

    /** Removes a worktree, never by force. */
    void removeWorktree(Path worktree) {
        if (checkout.removeWorktree(worktree) instanceof Removal.Refused(var reason)) {
            throw new IllegalStateException("git kept the worktree " + worktree + ": " + reason);
        }
    }

    /** The task files of the working tree. */
    public WorkingTree tree() {
        return tree;
    }

    Checkout checkout() {
        return checkout;
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
