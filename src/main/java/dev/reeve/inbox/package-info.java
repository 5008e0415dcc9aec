/**
 * Deliveries made durable, the work that follows from them, and the repositories that it is done in.
 *
 * <p>{@link dev.reeve.inbox.Inbox#accept} stores a delivery and what is to be done about it in one transaction; only then is it
 * acknowledged. {@link dev.reeve.inbox.WorkQueue} hands work out by key, {@link dev.reeve.inbox.QueueRunner} runs it. SQLite by default,
 * PostgreSQL for several replicas; what differs between them is in {@link dev.reeve.inbox.Dialect}.
 *
 * <p>What always holds:
 * <ul>
 * <li>Nothing acknowledged is lost: a completed future of a write means that it survives {@code kill -9}.
 * <li>A key is run by one worker at a time. Only the newest lease of a key can change its work; a late message of an older one changes
 * nothing.
 * <li>Every arrival is followed by a run that starts after it. What arrives during a run is coalesced into one more run.
 * <li>A run's outcome is never durable without its follow-ups.
 * <li>Work ends as done or as a dead letter, and a dead letter lives again when something arrives for its key.
 * </ul>
 *
 * <p>The same database holds which repositories the App is installed on ({@link dev.reeve.inbox.Repositories}) and how far GitHub's log of deliveries was
 * read ({@link dev.reeve.inbox.Recovery}), so that what is learnt and the work that follows from it become durable together.
 *
 * <p>Called by {@code intake} (accept), {@code work} (known repositories), {@code recovery}, {@code app} (wiring, runner) and {@code web} (counts).
 */
@NullMarked
package dev.reeve.inbox;

import org.jspecify.annotations.NullMarked;
