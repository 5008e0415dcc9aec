package dev.reeve.inbox;

/**
 * Told whenever a durable step was reached, so that a test can stop the process just there. Does nothing in production.
 *
 * <p><b>Threading:</b> called from several threads, at times with a transaction open. An {@link Error} that it throws ends the thread, as if the
 * process had died there.
 */
@FunctionalInterface
public interface Checkpoint {

    /** Writes of a group are made but not committed. */
    String WRITTEN = "inbox.written";
    /** They are committed, but nobody was told. */
    String COMMITTED = "inbox.committed";
    /** Work was claimed and its run has not begun. */
    String CLAIMED = "run.claimed";
    /** A run ended and its outcome is not recorded. */
    String HANDLED = "run.handled";
    /** Its outcome is recorded. */
    String FINISHED = "run.finished";

    /** For production. */
    Checkpoint NONE = step -> {};

    /** The step was just reached. */
    void reached(String step);
}
