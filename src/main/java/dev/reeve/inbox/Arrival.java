package dev.reeve.inbox;

import dev.reeve.model.Sha;
import dev.reeve.model.Trigger;
import dev.reeve.model.WorkKey;
import org.jspecify.annotations.Nullable;

/**
 * Something happened that concerns a key: its work is to be run once more, starting after this.
 *
 * @param forcing who wants it now, whatever it waits for; it is recorded together with the work. Null when it just came to pass
 */
public record Arrival(WorkKey key, Trigger trigger, @Nullable Forcing forcing) {

    /** What came to pass by itself. */
    public Arrival(WorkKey key, Trigger trigger) {
        this(key, trigger, null);
    }

    /** The same, found by somebody who saw the default branch at this commit. */
    public Arrival having(Sha commit) {
        return new Arrival(key, trigger.having(commit), forcing);
    }

    /**
     * The same because somebody wants it: with the cause that says so. What was forced before keeps its cause, as the work goes by what a person asked for
     * there and by whether they may; who forced it once more is in the record.
     */
    public Arrival forced(Forcing by) {
        var cause = forcing == null ? by.cause() : trigger.cause();
        return new Arrival(key, new Trigger(cause, trigger.guid(), trigger.pullRequest(), trigger.range(),
                trigger.seen()), by);
    }
}
