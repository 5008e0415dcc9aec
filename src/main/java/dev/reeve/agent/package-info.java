/**
 * The agent: what looks at one checkout again and again, where the worktrees are.
 *
 * <p>{@link dev.reeve.agent.Heartbeat} is one cycle: it prunes the register, collects, asks, judges, and gives a {@link dev.reeve.agent.Beat}; {@code app} writes its
 * snapshot and repeats it. {@link dev.reeve.agent.PullRequestWatch} knows what GitHub says of the pull requests of a queue. It asks in the background, so that a GitHub that is slow
 * or gone makes no heartbeat late; what it last said is kept, with its age.
 *
 * <p>Invariants: no task file is written, whatever is found; one task or pass that fails leaves the others right; nothing here makes threads, clocks or connections; {@code app} passes them in. Not knowing is an answer of its own and never turns into
 * <i>there is none</i>.
 */
@NullMarked
package dev.reeve.agent;

import org.jspecify.annotations.NullMarked;
