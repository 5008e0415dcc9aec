package dev.reeve.app;

import dev.reeve.inbox.Checkpoint;

import java.time.Clock;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * What the world gives: time, chance, and where a crash test may stop.
 *
 * @param checkpoint told of each durable step
 */
public record Machine(InstantSource clock, RandomGenerator random, Checkpoint checkpoint) {

    /** This machine, as it is. */
    public static Machine real() {
        return new Machine(Clock.systemUTC(), RandomGenerator.getDefault(), Checkpoint.NONE);
    }
}
