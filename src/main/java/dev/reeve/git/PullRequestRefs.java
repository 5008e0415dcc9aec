package dev.reeve.git;

import dev.reeve.model.Sha;

import java.util.Map;
import java.util.Optional;

/** The commits that pull requests propose, as {@code refs/pull/N/head} of a remote show them (GitHub, "Checking out pull requests locally"). */
public sealed interface PullRequestRefs {

    /**
     * The remote said so.
     *
     * @param numbers by commit; the newest of several
     */
    record Listed(Map<Sha, Integer> numbers) implements PullRequestRefs {

        /** The pull request that proposes a commit. */
        public Optional<Integer> of(Sha head) {
            return Optional.ofNullable(numbers.get(head));
        }
    }

    /** The remote could not be asked. */
    record Unknown(String reason) implements PullRequestRefs {}
}
