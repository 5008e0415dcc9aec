package dev.reeve.github;

import java.time.Instant;

/**
 * Where it is kept until when GitHub wants to be asked nothing, so that a restart and other replicas know. Whatever becomes of the store, work goes on:
 * what can't be read is not known, what can't be written holds in this process only.
 */
public interface LimitStore {

    /** Whose limit it is that the App has for what it asks as itself. */
    long APP = 0;

    /** Nothing is kept. */
    LimitStore NONE = new LimitStore() {
        @Override
        public Instant until(long installation) {
            return Instant.MIN;
        }

        @Override
        public void extend(long installation, Instant until) {}
    };

    /** Until when nothing is to be asked, as far as is known; any time that is over when there is no limit. Asked before every request. */
    Instant until(long installation);

    /** From now on it holds at least until then. */
    void extend(long installation, Instant until);
}
