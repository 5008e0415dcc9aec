/**
 * From the bytes of a webhook to work: verify, read what routing needs, route, make durable.
 *
 * <p>{@link dev.reeve.intake.Intake#admit} judges the headers before the body is read; {@link dev.reeve.intake.Intake#receive} verifies the
 * signature over the raw body before anything in it is parsed, then reads it once, as a stream, and keeps only the few fields that say where to
 * look. Nothing that is sent makes it throw: whatever is wrong is an {@link dev.reeve.intake.Answer.Refused} with its status. An
 * {@link dev.reeve.intake.Answer.Accepted} means that the delivery and its work are durable.
 *
 * <p>Called by {@code web}.
 */
@NullMarked
package dev.reeve.intake;

import org.jspecify.annotations.NullMarked;
