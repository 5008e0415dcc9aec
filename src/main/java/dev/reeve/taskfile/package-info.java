/**
 * Task files: bytes to a {@link dev.reeve.model.Task} or its faults, and edits that change nothing else.
 *
 * <p>Invariants: whatever the bytes, {@link dev.reeve.taskfile.TaskFileReader} and
 * {@link dev.reeve.taskfile.TaskFileEditor} answer with a value, soon, and never throw; every fault has its
 * place; an edit that can't be proven by reading its result again is refused; YAML is taken apart into events
 * and never constructs objects, expands aliases or gives scalars a type: a value is its text.
 *
 * <p>{@code reconcile} and {@code cli} call it; the bytes come from a checkout's files or from git. Everything
 * in here is stateless and may be called from any thread.
 */
@NullMarked
package dev.reeve.taskfile;

import org.jspecify.annotations.NullMarked;
