package dev.reeve.inbox;

/**
 * Does the work that a key names.
 *
 * <p><b>Threading:</b> called by several virtual threads at once, for different keys. An interrupt means that the server stops or that the
 * lease was lost: nothing that is done from then on counts.
 */
@FunctionalInterface
public interface Handler {

    /**
     * Runs the work once. It may have been run before, wholly or in part.
     *
     * @throws Exception whatever is thrown counts as {@link dev.reeve.model.Outcome.Failed}
     */
    Result handle(Claim claim) throws Exception;
}
