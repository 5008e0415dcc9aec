package dev.reeve.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What a killed {@code git worktree add} leaves, and what is left of a worktree whose folder somebody deleted. Git marks a worktree that it makes by locking it
 * with a reason of its own; only what bears that mark and has never been finished is finished, or forgotten if there is nothing in it.
 */
final class HalfMade {

    private static final String MARK = "initializing";

    private final Supplier<Command> git;
    private final Path commonFolder;

    /** @param git commands in the checkout that may talk to its remote: in a partial clone files come from there */
    HalfMade(Supplier<Command> git, Path commonFolder) {
        this.git = git;
        this.commonFolder = commonFolder;
    }

    /**
     * The worktree as it is once it is whole; nothing when git has forgotten it.
     *
     * @throws GitFailure when it is being made at this moment
     */
    Optional<LinkedWorktree> settle(LinkedWorktree worktree) {
        if (worktree.locked().filter(MARK::equals).isPresent()) {
            return unfinished(worktree);
        }
        if (Files.notExists(worktree.path(), LinkOption.NOFOLLOW_LINKS) && worktree.prunable().isPresent()) {
            forget(worktree.path());
            return Optional.empty();
        }
        return Optional.of(worktree);
    }

    private Optional<LinkedWorktree> unfinished(LinkedWorktree worktree) {
        requireNobodyMakes(worktree.path());
        try {
            var home = GitFile.home(worktree.path(), commonFolder);
            if (!holdsFiles(worktree.path())) {
                clear(worktree.path());
                run("worktree", "unlock", "--", worktree.path().toString());
                forget(worktree.path());
                return Optional.empty();
            }
            return Optional.of(home.isPresent() ? finished(worktree, home.get()) : worktree);
        } catch (IOException e) {
            throw new GitFailure(GitFailure.Kind.OTHER, "worktree", -1,
                    GitFailure.oneLine(worktree.path() + " is half made and can't be cleared: " + e));
        }
    }

    private static boolean holdsFiles(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
        }
        try (var files = Files.list(folder)) {
            return files.anyMatch(file -> !file.endsWith(".git"));
        }
    }

    private static void clear(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(".git"));
        Files.deleteIfExists(folder);
    }

    /** Without {@code --force} git refuses when there is a folder after all. */
    private void forget(Path folder) {
        run("worktree", "remove", "--", folder.toString());
    }

    /** Does what git would have done next. Until it is done there is no index, so nobody can have worked there with git. */
    private LinkedWorktree finished(LinkedWorktree worktree, Path home) throws IOException {
        if (Files.notExists(home.resolve("index"))) {
            Files.deleteIfExists(home.resolve("index.lock"));
            git.get()
                    .environment("GIT_DIR", home.toString())
                    .environment("GIT_WORK_TREE", worktree.path().toString())
                    .run("reset", "--quiet", "--hard", "--no-recurse-submodules");
        }
        run("worktree", "unlock", "--", worktree.path().toString());
        return new LinkedWorktree(worktree.path(), worktree.branch(), worktree.head(), Optional.empty(),
                Optional.empty());
    }

    private void run(String... arguments) {
        git.get().run(arguments);
    }

    /** Our own git outlives us when we are killed, and an operator has a git of their own. */
    private static void requireNobodyMakes(Path worktree) {
        boolean busy = ProcessHandle.allProcesses()
                .flatMap(process -> process.info().arguments().stream())
                .map(List::of)
                .anyMatch(arguments -> makes(arguments, worktree));
        if (busy) {
            throw new GitFailure(GitFailure.Kind.BUSY, "worktree", -1,
                    GitFailure.oneLine("another git process makes " + worktree + " at this moment"));
        }
    }

    private static boolean makes(List<String> arguments, Path worktree) {
        var name = String.valueOf(worktree.getFileName());
        return arguments.containsAll(List.of("worktree", "add"))
                && arguments.stream().flatMap(HalfMade::lastPart).anyMatch(name::equals);
    }

    private static Stream<String> lastPart(String argument) {
        return Stream.of(argument.replaceFirst("/+$", "")).map(path -> path.substring(path.lastIndexOf('/') + 1));
    }
}
