package dev.reeve.github;

import dev.reeve.model.Sha;
import dev.reeve.model.TaskPath;

import java.util.List;
import java.util.Optional;

/**
 * A commit that GitHub is to make and sign.
 *
 * @param parent what it is made on
 * @param baseTree the tree of the parent, which keeps all files that aren't named
 * @param message with its trailers
 */
public record NewCommit(Sha parent, Sha baseTree, String message, List<NewFile> files) {

    /** A file that it writes. */
    public static final class NewFile {
        private final TaskPath path;
        private final String mode;
        private final byte[] content;

        /** @param mode as trees write it, {@code 100644} */
        public NewFile(TaskPath path, String mode, byte[] content) {
            this.path = path;
            this.mode = mode;
            this.content = content.clone();
        }

        TaskPath path() {
            return path;
        }

        String mode() {
            return mode;
        }

        /** Not copied: it stays in this package, which only sends it. */
        byte[] content() {
            return content;
        }
    }

    /**
     * What became of it.
     *
     * @param tree its own tree, for a commit on top of it
     * @param unverified why GitHub doesn't show it as verified, in its own word; nothing when it does
     */
    public record Made(Sha commit, Sha tree, Optional<String> unverified) {}
}
