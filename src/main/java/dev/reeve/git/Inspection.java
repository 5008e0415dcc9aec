package dev.reeve.git;

import dev.reeve.model.Sha;
import dev.reeve.model.Worktree;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A look into worktrees at one moment. What git's history says of all of them is asked for at once, when it is first needed; into the folders it looks
 * one at a time, with one process each.
 *
 * <p><i>Threading:</i> used by one thread.
 */
public final class Inspection {

    /** Enough to know when somebody last worked there, however much is lying around. */
    private static final int MOST_FILES = 1000;
    private static final int MOST_COMMITS = 10_000;

    private final Git git;
    private final Path root;
    private final Path commonFolder;
    private final List<Sha> all;
    private final Collection<Sha> bases;
    private @Nullable Heads heads;

    Inspection(Git git, Path root, Path commonFolder, Collection<LinkedWorktree> worktrees, Collection<Sha> bases) {
        this.git = git;
        this.root = root;
        this.commonFolder = commonFolder;
        this.all = worktrees.stream().flatMap(worktree -> worktree.head().stream()).distinct().toList();
        this.bases = bases;
    }

    /**
     * What is in a worktree: whether everything is committed and pushed, what the default branch doesn't have of it, and when somebody last worked there
     * (its last commit, or the change of an uncommitted file). Its size is not measured.
     *
     * @param worktree one of those that the inspection is about
     * @param merged commits that count as pushed, and as had by the default branch: the heads of merged pull requests
     * @return nothing when its folder is gone and git would forget it
     * @throws GitFailure when that isn't so: it is locked, or something else is in its place
     */
    public Optional<Worktree> of(LinkedWorktree worktree, Collection<Sha> merged) {
        if (Files.notExists(worktree.path(), LinkOption.NOFOLLOW_LINKS)) {
            return gone(worktree);
        }
        requireOurs(worktree.path());
        var changes = changes(worktree.path());
        var head = worktree.head();
        var committed = head.map(heads()::committedAt);
        var changed = changes.stream().limit(MOST_FILES).flatMap(file -> modifiedAt(worktree.path(), file));
        var latest = Stream.concat(committed.stream(), changed).max(Instant::compareTo).orElse(null);
        return Optional.of(new Worktree(worktree.path(), worktree.branch().orElse(null), head.orElse(null),
                changes.isEmpty(), head.filter(commit -> heads().isPushed(commit, merged)).isPresent(),
                head.map(commit -> heads().ahead(commit, merged)).orElse(null), latest, -1));
    }

    /** A worktree on a disk that comes and goes is locked by who knows that; git doesn't forget it, and nor do we. */
    private static Optional<Worktree> gone(LinkedWorktree worktree) {
        if (worktree.prunable().isPresent()) {
            return Optional.empty();
        }
        throw failure(worktree.path() + " isn't there, but git keeps it" + worktree.lockedWords());
    }

    /** Git, started in a folder that is no worktree, would answer for whatever repository that folder is in. */
    private void requireOurs(Path worktree) {
        if (GitFile.home(worktree, commonFolder).isEmpty()) {
            throw failure(worktree + " is no worktree of this repository any more; look what is in it");
        }
    }

    private static GitFailure failure(String message) {
        return new GitFailure(GitFailure.Kind.OTHER, "worktree", -1, GitFailure.oneLine(message));
    }

    private Heads heads() {
        var asked = heads == null ? new Heads(() -> git.in(root), all, bases, MOST_COMMITS) : heads;
        heads = asked;
        return asked;
    }

    private List<String> changes(Path worktree) {
        return git.in(worktree)
                .run("status", "--porcelain", "-z", "--no-renames", "--untracked-files=normal",
                        "--ignore-submodules=none")
                .fields()
                .stream()
                .filter(field -> field.length() > 3)
                .map(field -> field.substring(3))
                .toList();
    }

    private static Stream<Instant> modifiedAt(Path folder, String file) {
        try {
            return Stream.of(
                    Files.getLastModifiedTime(folder.resolve(file), LinkOption.NOFOLLOW_LINKS).toInstant());
        } catch (IOException | InvalidPathException e) {
            // It was deleted, which is a change without a time.
            return Stream.of();
        }
    }
}
