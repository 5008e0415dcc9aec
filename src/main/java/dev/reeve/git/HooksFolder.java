package dev.reeve.git;

import java.nio.file.Path;

/**
 * Where git looks for the hooks of a checkout.
 *
 * @param path absolute; it needn't exist
 * @param setBy who says so
 */
public record HooksFolder(Path path, SetBy setBy) {

    /** Who says where the hooks are. */
    public enum SetBy {
        /** Nobody: they are in the git folder, where all worktrees share them. */
        NOBODY,
        /** {@code core.hooksPath} in the repository's own configuration. */
        REPOSITORY,
        /** {@code core.hooksPath} in the configuration of the person or the machine, for all of their repositories. */
        PERSON
    }
}
