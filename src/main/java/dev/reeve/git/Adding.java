package dev.reeve.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes a linked worktree, or finds that its branch has one. Never by force: git refuses what we overlook. */
final class Adding {

    /** How git says that the worktree can't be made as things stand. */
    private static final List<String> REFUSALS = List.of("is already checked out at", "is already used by worktree",
            "already exists", "exists; cannot create", "is a missing but");

    private final Worktrees worktrees;
    private final Origin origin;
    private final Path commonFolder;
    private final NewWorktree wanted;

    Adding(Worktrees worktrees, Origin origin, Path commonFolder, NewWorktree wanted) {
        this.worktrees = worktrees;
        this.origin = origin;
        this.commonFolder = commonFolder;
        this.wanted = wanted;
    }

    Addition add() {
        var all = worktrees.all();
        var main = all.getFirst();
        if (isOnBranch(main)) {
            return new Addition.Refused("branch " + wanted.branch() + " is checked out in " + main.path()
                    + ", the repository's main worktree: switch that to another branch");
        }
        return standing(all.subList(1, all.size())).or(this::obstacle).orElseGet(this::made);
    }

    private boolean isOnBranch(LinkedWorktree worktree) {
        return worktree.branch().filter(wanted.branch()::equals).isPresent();
    }

    /** What the worktrees that are there already answer; nothing when none of them is concerned. */
    private Optional<Addition> standing(List<LinkedWorktree> linked) {
        var half = new HalfMade(origin::command, commonFolder);
        return linked.stream()
                .filter(worktree -> holdsBranch(worktree) || isAtPlace(worktree))
                .sorted(Comparator.comparing((LinkedWorktree worktree) -> !holdsBranch(worktree))
                        .thenComparing(worktree -> !isAtPlace(worktree)))
                .flatMap(worktree -> half.settle(worktree).stream())
                .map(this::answer)
                .findFirst();
    }

    private boolean holdsBranch(LinkedWorktree worktree) {
        return isOnBranch(worktree) || (worktree.branch().isEmpty() && isRebased(worktree.path()));
    }

    /** Whoever died in the middle of a rebase left the worktree detached, and the branch is still taken by it. */
    private boolean isRebased(Path worktree) {
        return home(worktree).stream()
                .flatMap(home -> Stream.of(home.resolve("rebase-merge"), home.resolve("rebase-apply")))
                .map(folder -> folder.resolve("head-name"))
                .anyMatch(this::namesBranch);
    }

    private boolean namesBranch(Path file) {
        try {
            return Files.isRegularFile(file) && Files.readString(file).strip().equals(wanted.branch().ref());
        } catch (IOException e) {
            // It has just ended, or can't be read; git then says itself that the branch is taken.
            return false;
        }
    }

    private boolean isAtPlace(LinkedWorktree worktree) {
        return real(worktree.path()).equals(real(wanted.path()));
    }

    /** Git knows worktrees by their real paths. */
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            var parent = path.getParent();
            return parent == null ? path : real(parent).resolve(path.getFileName());
        }
    }

    private Addition answer(LinkedWorktree worktree) {
        if (Files.notExists(worktree.path(), LinkOption.NOFOLLOW_LINKS)) {
            return new Addition.Refused(worktree.path() + " isn't there, but git keeps it for branch "
                    + wanted.branch() + worktree.lockedWords());
        }
        if (home(worktree.path()).isEmpty()) {
            return new Addition.Refused(worktree.path() + " is no worktree of this repository any more: look what is in"
                    + " it, move it away and run git worktree prune");
        }
        return holdsBranch(worktree)
                ? new Addition.Reused(worktree)
                : new Addition.Refused(worktree.path() + " is a worktree with "
                        + worktree.branch().map(branch -> "branch " + branch).orElse("no branch checked out")
                        + ": check out " + wanted.branch() + " there, or remove it");
    }

    private Optional<Path> home(Path worktree) {
        return GitFile.home(worktree, commonFolder);
    }

    /** Git would follow a link to wherever it leads. */
    private Optional<Addition> obstacle() {
        var path = wanted.path();
        if (Files.isSymbolicLink(path)) {
            return refused(path + " is a link: remove it");
        }
        if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                ? refusedUnlessEmpty(path)
                : refused(path + " is a file: move it away");
    }

    private static Optional<Addition> refusedUnlessEmpty(Path folder) {
        try (var files = Files.list(folder)) {
            return files.findAny().isEmpty()
                    ? Optional.empty()
                    : refused(folder + " is there, isn't empty and is no worktree of this repository: move it away");
        } catch (IOException e) {
            return refused(folder + " can't be looked into: " + e);
        }
    }

    private static Optional<Addition> refused(String reason) {
        return Optional.of(new Addition.Refused(GitFailure.oneLine(reason)));
    }

    /** What begins at a branch of the remote follows it, where the operator's configuration fetches that branch at all. */
    private Addition made() {
        var path = wanted.path().toString();
        var branch = wanted.branch();
        if (worktrees.has(branch.ref())) {
            return made(List.of("--", path, branch.value()));
        }
        if (origin.tip(branch).isEmpty()) {
            return made(List.of("--no-track", "-b", branch.value(), "--", path, wanted.base().value()));
        }
        return made(List.of("-b", branch.value(), "--", path, Origin.tracking(branch)));
    }

    private Addition made(List<String> arguments) {
        var command = new ArrayList<>(List.of("worktree", "add"));
        command.addAll(arguments);
        var output = origin.command().config("branch.autoSetupMerge", "true").accept(128, 255).run(command);
        if (output.exitCode() == 0) {
            return new Addition.Added(wanted.path());
        }
        var said = GitFailure.oneLine(output.errors());
        if (REFUSALS.stream().anyMatch(said::contains)) {
            return new Addition.Refused(said);
        }
        throw GitFailure.of("worktree", output.exitCode(), output.errors());
    }
}
