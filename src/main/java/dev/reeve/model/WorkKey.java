package dev.reeve.model;

/** What the queue orders work by: one key is worked on by one worker at a time. */
public record WorkKey(RepositoryName repository, Subject subject) {

    /** {@code owner/name task/fix-login}, for logs. */
    @Override
    public String toString() {
        return repository + " " + subject.key();
    }
}
