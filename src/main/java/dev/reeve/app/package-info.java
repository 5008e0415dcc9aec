/**
 * The wiring: the only place that makes clocks, threads, randomness and the machinery, and puts them together.
 *
 * <p>{@link dev.reeve.app.Server} is what {@code reeve serve} runs, {@link dev.reeve.app.CheckoutPass} what {@code reeve reconcile} runs. Wiring is small named
 * steps; whatever decides or does something lives elsewhere. Called by {@code cli} and {@code demo}.
 */
@NullMarked
package dev.reeve.app;

import org.jspecify.annotations.NullMarked;
