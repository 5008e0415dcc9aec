/**
 * Takes in deliveries that were missed: what GitHub's log lists and the inbox hasn't got.
 *
 * <p>{@link dev.reeve.recovery.LogReading} reads the log from its newest entry back to where the last reading ended, and a little further;
 * {@link dev.reeve.recovery.MissedDeliveries} takes in from the log itself what is missing, the oldest first, just as if it came now. How far that got is
 * durable, after what was found is. So a stop anywhere means that some of it is looked at again, and what the inbox has is passed over.
 *
 * <p>Called by {@code app}, at the start and regularly.
 */
@NullMarked
package dev.reeve.recovery;

import org.jspecify.annotations.NullMarked;
