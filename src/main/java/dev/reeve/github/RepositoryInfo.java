package dev.reeve.github;

import dev.reeve.model.RepositoryName;

/**
 * A repository as GitHub states it.
 *
 * @param id GitHub's, which stays when it is renamed or transferred
 */
public record RepositoryInfo(long id, RepositoryName name, Condition condition) {

    /** Whether it can be written to. */
    public enum Condition {
        ACTIVE, ARCHIVED
    }
}
