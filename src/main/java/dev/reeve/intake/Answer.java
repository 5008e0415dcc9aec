package dev.reeve.intake;

import dev.reeve.inbox.Receipt;

/** What became of a request. */
public sealed interface Answer {

    /** It is durable. */
    record Accepted(Receipt receipt) implements Answer {}

    /**
     * Nothing of it was stored.
     *
     * @param message says in plain words what is wrong; it quotes nothing that was sent
     */
    record Refused(Refusal refusal, String message) implements Answer {}
}
