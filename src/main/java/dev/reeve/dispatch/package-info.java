/**
 * One task, one worktree, one branch, at most one live worker.
 *
 * <p>A {@link dev.reeve.dispatch.Dispatcher} claims a task, makes its worktree and starts a <i>runner</i>, a process of its own that looks after one <i>worker</i>: a {@link dev.reeve.dispatch.Runner} holds the task's lock as long as it
 * lives, keeps the worker's output, ends its whole process tree in the end, and records how it went. Whatever dies, the kernel gives the lock back, and {@link dev.reeve.dispatch.Aftermath} brings what is left in order.
 *
 * <p>Invariants: a worker begins only after its pid is durably known; what a run writes is fenced by its id; a worker's environment is made from nothing, so that the manager's tokens are not in it; no text of a task reaches a shell.
 */
@NullMarked
package dev.reeve.dispatch;

import org.jspecify.annotations.NullMarked;
