/**
 * What a worker is told: a template, the team's or the built-in one, filled with the facts of one run.
 *
 * <p>Invariants. Facts are text and nothing else: whatever stands in a task, a follow-up or the history, it is neither interpreted nor able to make rendering fail. A template can
 * print names, and repeat or leave out parts; it includes nothing and runs nothing. All that is wrong with a template is found when it is read. A prompt has a bound.
 *
 * <p>Dispatch calls it.
 */
@NullMarked
package dev.reeve.prompt;

import org.jspecify.annotations.NullMarked;
