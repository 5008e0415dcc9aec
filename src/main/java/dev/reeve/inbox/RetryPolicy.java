package dev.reeve.inbox;

import java.time.Duration;
import java.util.Optional;

/**
 * When failed work is tried again.
 *
 * <p><b>Threading:</b> called by the inbox's writer thread only.
 */
@FunctionalInterface
public interface RetryPolicy {

    /** How long to wait after the given number of failures (1 or more); nothing when it should not be tried again. */
    Optional<Duration> delayAfter(int failures);
}
