package dev.reeve.git;

import dev.reeve.model.Sha;

import java.util.Optional;

/** What fetching a branch found. */
public sealed interface FetchResult {

    /**
     * The branch is there.
     *
     * @param previous where it stood when it was last fetched here
     */
    record Fetched(Sha tip, Optional<Sha> previous, Movement movement) implements FetchResult {}

    /** The remote has no such branch: it was renamed or deleted, or the repository is empty. */
    record Missing() implements FetchResult {}

    /** How a branch moved since it was last fetched. */
    enum Movement {
        /** It was never fetched before. */
        FIRST_SEEN,
        /** It stands where it stood. */
        UNMOVED,
        /** Commits were added. */
        FORWARD,
        /** Commits that it had are no longer part of it. */
        FORCED;

        /** Git marks a forced update by a plus sign; what the remote says is prefixed and can't look like it. */
        static Movement of(Optional<Sha> previous, Sha tip, String errors) {
            if (previous.isEmpty()) {
                return FIRST_SEEN;
            }
            if (previous.get().equals(tip)) {
                return UNMOVED;
            }
            return errors.lines().anyMatch(line -> line.startsWith(" + ")) ? FORCED : FORWARD;
        }
    }
}
