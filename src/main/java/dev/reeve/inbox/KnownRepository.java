package dev.reeve.inbox;

import dev.reeve.model.RepositoryName;
import dev.reeve.model.Sha;
import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A repository that the App is installed on.
 *
 * @param id GitHub's, which stays when it is renamed or transferred
 * @param tip where the default branch stood when a push of it was last seen or noticed; null when it was never looked at
 * @param sweptAt when it was last reconciled as a whole; null when it never was
 */
public record KnownRepository(long id, RepositoryName name, long installation, State state, @Nullable Sha tip,
        @Nullable Instant sweptAt) {

    /** Whether it is worked on. */
    public enum State {
        /** It is. */
        ACTIVE,
        /** The installation is suspended: nothing can be read or written until it is resumed. */
        SUSPENDED,
        /** Nothing can be written until it is unarchived. */
        ARCHIVED
    }
}
