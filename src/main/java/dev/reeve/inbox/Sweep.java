package dev.reeve.inbox;

import dev.reeve.model.Sha;
import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * What was seen when a repository was reconciled as a whole.
 *
 * @param tip where its default branch stood; null when it has none
 * @param move how it got there since the last time
 * @param pulls something that changes when a pull request does, by number
 */
public record Sweep(@Nullable Sha tip, Move move, Map<Integer, String> pulls) {

    public Sweep {
        pulls = Map.copyOf(pulls);
    }

    /** How the default branch got where it is. */
    public enum Move {
        /** It stands where it stood, or was moved by us, or an event told of it. */
        TOLD,
        /** Somebody moved it, and no event told of that. */
        UNTOLD
    }
}
