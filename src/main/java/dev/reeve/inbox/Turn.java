package dev.reeve.inbox;

import java.util.Collection;
import java.util.Comparator;
import java.util.Set;

/**
 * How due work is handed out: the repositories that have any take turns, and none takes more than its part.
 *
 * @param limit how many keys at most
 * @param each how many of one repository at most
 * @param after the key of the repository that had its turn last; empty at the beginning
 * @param full keys of repositories that have their part already
 */
record Turn(int limit, int each, String after, Set<String> full) {

    /** Any repository may have all of it. */
    static Turn of(int limit) {
        return new Turn(limit, limit, "", Set.of());
    }

    /** The repositories that have their part, each between blanks, which no key holds. */
    String fullText() {
        return " " + String.join("  ", full) + " ";
    }

    /** Who had its turn last when these were served: the one farthest round from where it began. */
    String lastOf(Collection<Claim> served) {
        return served.stream()
                .map(claim -> claim.key().repository().key())
                .max(Comparator.comparing((String key) -> key.compareTo(after) <= 0)
                        .thenComparing(Comparator.naturalOrder()))
                .orElse(after);
    }
}
