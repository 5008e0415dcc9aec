package dev.reeve.model;

import java.time.Instant;

/** How a piece of work ended. */
public sealed interface Outcome {

    /** It is done, or there was nothing to do. */
    record Done() implements Outcome {}

    /** It failed in a way that another try may mend; the queue decides when, and for how long it goes on trying. */
    record Failed(String reason) implements Outcome {}

    /** It can't be done before the given time (a rate limit, something announced but not visible yet); no attempt is spent. */
    record RetryAfter(Instant notBefore, String reason) implements Outcome {}

    /** No further try would help without a person: it becomes a dead letter. */
    record GiveUp(String reason) implements Outcome {}
}
