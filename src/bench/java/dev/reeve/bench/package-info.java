/** Benchmarks, each with a main method; {@code docs/benchmarks.md} holds their figures. */
@NullMarked
package dev.reeve.bench;

import org.jspecify.annotations.NullMarked;
