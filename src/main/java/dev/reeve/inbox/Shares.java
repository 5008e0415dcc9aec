package dev.reeve.inbox;

import dev.reeve.model.RepositoryName;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What part of the runs each repository may have: as many as are still free, and no more. So one that is alone has half of them, and one that comes
 * later finds some free, however much the others want and however long their runs take.
 *
 * <p><b>Threading:</b> for the thread that claims.
 */
final class Shares {

    /** A claim takes at once this part of what is free, so that a repository doesn't go far beyond its part. */
    private static final int PART = 4;

    private String last = "";

    /** The next turn. */
    Turn next(int free, int limit, Collection<RepositoryName> running) {
        var full = running.stream()
                .collect(Collectors.groupingBy(RepositoryName::key, Collectors.counting()))
                .entrySet()
                .stream()
                .filter(share -> share.getValue() >= free)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        return new Turn(limit, Math.max(1, free / PART), last, full);
    }

    /** These were served in it. */
    void served(Turn turn, Collection<Claim> claims) {
        last = turn.lastOf(claims);
    }
}
