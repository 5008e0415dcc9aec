package dev.reeve.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** The file {@code .git} in a linked worktree, which says where git keeps what it knows of that worktree. */
final class GitFile {

    private static final String POINTER = "gitdir: ";
    private static final int LONGEST = 1 << 13;

    private GitFile() {}

    /**
     * Git's own folder for a worktree; nothing when the worktree's folder isn't one of this repository.
     *
     * @throws GitFailure when it can't be looked into
     */
    static Optional<Path> home(Path worktree, Path commonFolder) {
        try {
            var said = said(worktree.resolve(".git"));
            var homes = commonFolder.resolve("worktrees");
            if (!said.startsWith(POINTER) || Files.notExists(homes)) {
                return Optional.empty();
            }
            var home = worktree.resolve(said.substring(POINTER.length()));
            return Files.isDirectory(home) && home.toRealPath().startsWith(homes.toRealPath())
                    ? Optional.of(home.toRealPath())
                    : Optional.empty();
        } catch (IOException | InvalidPathException e) {
            throw new GitFailure(GitFailure.Kind.OTHER, "worktree", -1,
                    GitFailure.oneLine(worktree + " can't be looked into: " + e));
        }
    }

    private static String said(Path file) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) <= LONGEST
                ? Files.readString(file).strip()
                : "";
    }
}
