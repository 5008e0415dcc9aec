package dev.reeve.app;

import dev.reeve.github.LimitStore;
import dev.reeve.inbox.RateLimits;

import java.time.Instant;

/** The limits that GitHub has told of, kept in the database: neither the client nor the database knows of the other. */
record KeptLimits(RateLimits kept) implements LimitStore {

    @Override
    public Instant until(long installation) {
        return kept.until(installation);
    }

    @Override
    public void extend(long installation, Instant until) {
        kept.extend(installation, until);
    }
}
