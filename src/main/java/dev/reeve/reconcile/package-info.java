/**
 * The pass: observe, decide, act.
 *
 * <p>A pass reads everything that a decision may know into {@link dev.reeve.model.TaskFacts}, hands it to
 * {@code decide}, and carries the plan out. It is level-triggered and idempotent: why it runs says only where to look, and running it
 * twice, late or after a lost trigger is safe. The server, the command line and the git hook call the same pass; they differ in where the default
 * branch is read ({@link dev.reeve.reconcile.Tip}), whether an operator's checkout is at hand ({@link dev.reeve.reconcile.Desk})
 * and where task files are written ({@link dev.reeve.reconcile.TaskWriter}).
 *
 * <p>Invariants: a task file is written only after it was read again and decided anew where it is written; one task or step that
 * fails leaves the others running and is reported; a dry run changes nothing.
 */
@NullMarked
package dev.reeve.reconcile;

import org.jspecify.annotations.NullMarked;
