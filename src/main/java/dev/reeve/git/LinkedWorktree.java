package dev.reeve.git;

import dev.reeve.model.BranchName;
import dev.reeve.model.Sha;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A linked worktree as git's own records list it, without a look into its folder.
 *
 * @param branch what is checked out; empty when detached
 * @param head empty when the branch has no commit yet
 * @param locked why an operator locked it, when it is locked; the reason may be empty
 * @param prunable why git would forget it (its folder is gone), when it would
 */
public record LinkedWorktree(Path path, Optional<BranchName> branch, Optional<Sha> head, Optional<String> locked,
        Optional<String> prunable) {

    /** {@code  (locked: why)}, to be appended; empty when it isn't locked. */
    String lockedWords() {
        return locked.map(reason -> " (locked" + (reason.isBlank() ? ")" : ": " + reason + ")")).orElse("");
    }
}
