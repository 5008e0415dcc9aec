/**
 * The vocabulary: what a task, a pull request, a worktree or a run is, as immutable values.
 *
 * <p>Identifiers validate themselves, so that a {@link dev.reeve.model.Slug} or a
 * {@link dev.reeve.model.BranchName} that exists is safe to put into a path or a git argument; whoever reads
 * input from outside turns it into these types first. Nothing in here reads a clock, a file or a network.
 * Everything else imports this package; it imports none of the others.
 */
@NullMarked
package dev.reeve.model;

import org.jspecify.annotations.NullMarked;
