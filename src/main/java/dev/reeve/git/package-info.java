/**
 * The git program, and nothing else: what a repository holds, and the few changes that Reeve makes to one.
 *
 * <p>There are two ways in. A {@link dev.reeve.git.ManagedClone} belongs to the server: a bare, partial clone that
 * no person uses, from which commits are pushed without a working tree. A {@link dev.reeve.git.Checkout} belongs to an
 * operator: Reeve reads it, moves nothing in it but the remote-tracking ref of its default branch, makes linked
 * worktrees, and removes one only when git itself finds nothing in it that could be lost.
 *
 * <p>Invariants. Nothing is forced: no push, no checkout, no removal. What comes from outside (paths, messages, names,
 * branches) reaches git as a validated type, behind {@code --}, or on standard input, never through a shell. Tokens
 * travel in the environment of the one process that needs them and are cut out of all that it says. Every process has a
 * time limit, a bound on its output, and dies with its children. What a remote may refuse is a value
 * ({@link dev.reeve.git.PushResult}, {@link dev.reeve.git.FetchResult}), and what stands in the way of a worktree ({@link dev.reeve.git.Addition}); what went wrong is a
 * {@link dev.reeve.git.GitFailure} that says whether trying again would help.
 *
 * <p>The passes in {@code reconcile} and {@code agent} call it.
 */
@NullMarked
package dev.reeve.git;

import org.jspecify.annotations.NullMarked;
