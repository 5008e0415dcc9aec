package dev.reeve.git;

import dev.reeve.model.BranchName;
import dev.reeve.model.Sha;

import java.nio.file.Path;

/**
 * A linked worktree that is wanted.
 *
 * @param path where, absolute; folders above it that are missing are made
 * @param branch what is checked out in it; one that is here, or at {@code origin}, is used as it is
 * @param base where the branch begins when there is none
 */
public record NewWorktree(Path path, BranchName branch, Sha base) {

    /** @throws IllegalArgumentException when the path isn't absolute */
    public NewWorktree {
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException("not absolute: " + path);
        }
        path = path.normalize();
    }
}
