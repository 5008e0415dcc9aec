package dev.reeve.github;

/**
 * The App on an account.
 *
 * @param id GitHub's
 */
public record InstallationInfo(long id, Condition condition) {

    /** Whether it can be used. */
    public enum Condition {
        ACTIVE, SUSPENDED
    }
}
