/**
 * Files that survive a crash and several writers at once.
 *
 * <p>Invariants: a file that was changed through {@link dev.reeve.durable.AtomicFile} is, at any moment and after
 * any crash, either as it was or as it was meant to become, and once a method returned the change is on the disk.
 * Nothing is changed without a {@link dev.reeve.durable.LockFile.Held}, which only a taken lock hands out; every
 * writer of a file, in whatever process, takes the same lock. Readers need none.
 *
 * <p>Called by {@code store}, and by nothing that has not to do with files of a checkout. Knows no format.
 */
@NullMarked
package dev.reeve.durable;

import org.jspecify.annotations.NullMarked;
