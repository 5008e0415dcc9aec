package dev.reeve.inbox;

import dev.reeve.model.Sha;
import dev.reeve.model.Trigger;
import dev.reeve.model.WorkKey;

/** Something happened that concerns a key: its work is to be run once more, starting after this. */
public record Arrival(WorkKey key, Trigger trigger) {

    /** The same, found by somebody who saw the default branch at this commit. */
    public Arrival having(Sha commit) {
        return new Arrival(key, trigger.having(commit));
    }
}
