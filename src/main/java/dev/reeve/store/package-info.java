/**
 * The files of a checkout that Reeve reads and writes: registers, dispatch files, snapshots, the task files themselves and what was read of them.
 *
 * <p>Invariants: every change is made under the one lock of the checkout's
 * {@link dev.reeve.store.StateFolder} and is durable when the method returns; no update is lost, whichever processes write;
 * a reader takes no lock and never sees half a file. What is read is bounded in size and depth, is judged as hostile, and never
 * throws for its content: what is wrong comes back as a {@link dev.reeve.model.Signal} or a
 * {@link dev.reeve.model.Fault}. {@link java.io.IOException} is left for what the system refuses (no permission, disk full,
 * lock not to be had). Nothing is followed out of the checkout, nothing is deleted that is not derived, and keys that this version doesn't know are kept.
 *
 * <p>Called by {@code reconcile} and the heartbeat to observe and to act, and by pages and commands that show state.
 */
@NullMarked
package dev.reeve.store;

import org.jspecify.annotations.NullMarked;
