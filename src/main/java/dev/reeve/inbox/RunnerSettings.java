package dev.reeve.inbox;

import java.time.Duration;

/**
 * How work is run.
 *
 * @param worker names this process in leases, for people
 * @param concurrency how many keys are worked on at once; of one repository about half of them, see {@link Shares}
 * @param lease how long work stays leased after its worker was last heard of
 * @param poll how often to look for work of other replicas, which nobody announces
 * @param grace how long a stop waits for runs to end by themselves; at most half a lease, because nothing is renewed meanwhile
 */
public record RunnerSettings(String worker, int concurrency, Duration lease, Duration poll, Duration grace) {

    /** @throws IllegalArgumentException when the values don't fit together */
    public RunnerSettings {
        if (concurrency < 1 || lease.isZero() || lease.isNegative() || !poll.isPositive()
                || grace.multipliedBy(2).compareTo(lease) > 0) {
            throw new IllegalArgumentException("concurrency " + concurrency + ", lease " + lease + ", poll " + poll
                    + ", grace " + grace);
        }
    }

    /** What suits a server of the given name. */
    public static RunnerSettings usual(String worker) {
        return new RunnerSettings(worker, 32, Duration.ofSeconds(60), Duration.ofSeconds(5), Duration.ofSeconds(20));
    }
}
