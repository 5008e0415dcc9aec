package dev.reeve.reconcile;

import dev.reeve.git.Checkout;
import dev.reeve.git.GitFailure;
import dev.reeve.git.Inspection;
import dev.reeve.git.LinkedWorktree;
import dev.reeve.model.BranchName;
import dev.reeve.model.DeskFacts.WorktreePlace;
import dev.reeve.model.RegisterEntry;
import dev.reeve.model.Sha;
import dev.reeve.model.Task;
import dev.reeve.model.TaskCopy;
import dev.reeve.model.TasksRoot;
import dev.reeve.model.Text;
import dev.reeve.store.StateFolder;
import dev.reeve.store.WorkingTree;
import dev.reeve.store.WorkingTree.Index;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the worktrees of tasks are. Git's own list decides what is a worktree; a path that a register names and git doesn't is never followed, and its
 * worktree counts as gone only when nothing is there.
 *
 * <p><b>Threading.</b> For one pass: the list is read once, and what is known of all of them is asked for once.
 */
final class Places {

    private final Checkout checkout;
    private final TasksRoot tasks;
    private final InstantSource clock;
    private @Nullable List<LinkedWorktree> worktrees;
    private @Nullable Inspection inspection;

    Places(Checkout checkout, TasksRoot tasks, InstantSource clock) {
        this.checkout = checkout;
        this.tasks = tasks;
        this.clock = clock;
    }

    /** A task's worktree: by the path that the register names, else by the branch that the register or the task names. */
    Optional<LinkedWorktree> of(Desk.Glance glance) {
        var path = glance.entry().map(RegisterEntry::worktreePath);
        var branch = glance.entry()
                .map(RegisterEntry::branch)
                .or(() -> glance.root().asTask().map(Task::branch).map(Object::toString));
        return first(worktree -> path.filter(worktree.path().toString()::equals).isPresent())
                .or(() -> first(worktree -> worktree.branch().isPresent()
                        && branch.equals(worktree.branch().map(Object::toString))));
    }

    private Optional<LinkedWorktree> first(Predicate<LinkedWorktree> condition) {
        return worktrees().stream().filter(condition).findFirst();
    }

    /** The branches that are checked out. */
    Set<BranchName> branches() {
        return worktrees().stream().flatMap(worktree -> worktree.branch().stream()).collect(Collectors.toSet());
    }

    private List<LinkedWorktree> worktrees() {
        var all = worktrees == null ? checkout.worktrees() : worktrees;
        worktrees = all;
        return all;
    }

    /**
     * What is in the worktree that {@link #of} has found.
     *
     * @param saved commits that count as pushed and merged
     * @param tip what its commits are compared with
     */
    WorktreePlace look(Desk.Glance glance, Set<Sha> saved, Desk.Sizes sizes, Tip tip) {
        if (glance.worktree().isEmpty()) {
            return glance.entry()
                    .flatMap(entry -> Optional.ofNullable(entry.worktreePath()))
                    .map(Places::unlisted)
                    .orElseGet(WorktreePlace.Gone::new);
        }
        var linked = glance.worktree().get();
        try {
            return inspection(tip).of(linked, saved)
                    .map(seen -> switch (sizes) {
                        case LEFT_OUT -> seen;
                        case MEASURED -> Measured.of(seen);
                    })
                    .<WorktreePlace>map(seen -> new WorktreePlace.There(seen, copyIn(linked.path(), glance)))
                    .orElseGet(WorktreePlace.Gone::new);
        } catch (GitFailure e) {
            return new WorktreePlace.Unreadable(String.valueOf(e.getMessage()));
        }
    }

    /** The server's clone may know a default branch that wasn't fetched here, so what was fetched here counts too. */
    private Inspection inspection(Tip tip) {
        var begun = inspection;
        if (begun == null) {
            var bases = Stream.concat(tip.commit().stream(), checkout.remoteTip(tip.branch()).stream());
            begun = checkout.inspection(worktrees(), bases.distinct().toList());
            inspection = begun;
        }
        return begun;
    }

    /** A path that a register names and git doesn't. A file of older versions, or of anybody, may name what it likes. */
    private static WorktreePlace unlisted(String named) {
        try {
            var path = Path.of(named);
            if (!path.isAbsolute() || !path.equals(path.normalize())) {
                return unreadable(named, "is no absolute path");
            }
            return Files.notExists(path, LinkOption.NOFOLLOW_LINKS) ? new WorktreePlace.Gone()
                    : unreadable(named, "is there, but git knows no such worktree of this repository");
        } catch (InvalidPathException e) {
            return unreadable(named, "is no path");
        }
    }

    private static WorktreePlace unreadable(String named, String why) {
        return new WorktreePlace.Unreadable("the register names " + Text.quoted(named) + ", which " + why);
    }

    private TaskCopy copyIn(Path worktree, Desk.Glance glance) {
        var there = new TaskCopies(new WorkingTree(new StateFolder(worktree, clock), tasks, Index.READ), worktree);
        try {
            return glance.path().isEmpty() ? new TaskCopy.Absent() : there.copy(glance.path().get());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
