/** Benchmarks: real processes, measured from outside. Each is started by a script in {@code src/bench}. */
@NullMarked
package dev.reeve.bench;

import org.jspecify.annotations.NullMarked;
