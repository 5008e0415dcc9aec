/**
 * What makes a repository ready for Reeve: the team's file, ignore rules for the runtime files, git hooks, the section for coding agents.
 *
 * <p>Invariants. What is there is kept: a file is added to, never rewritten, and only between Reeve's own marks is anything replaced. Doing it
 * again changes nothing. Each change is made as a whole or not at all, under one lock, and no symbolic link is written through. Each step answers
 * with a {@link dev.reeve.setup.Deed} and never throws for what it finds, so that one that fails leaves the others to be done. A dry run answers
 * the same and writes nothing.
 *
 * <p>Called by {@code cli}; {@code doctor} asks it what is set up.
 */
@NullMarked
package dev.reeve.setup;

import org.jspecify.annotations.NullMarked;
