package dev.reeve.inbox;

import dev.reeve.model.Outcome;

import java.util.List;

/** How a run ended and what is to be done because of it; both become durable together. */
public record Result(Outcome outcome, List<Arrival> followUps) {

    public Result {
        followUps = List.copyOf(followUps);
    }

    /** Done, and this follows. */
    public static Result followedBy(List<Arrival> followUps) {
        return new Result(new Outcome.Done(), followUps);
    }

    /** A result from which nothing follows. */
    public static Result of(Outcome outcome) {
        return new Result(outcome, List.of());
    }
}
