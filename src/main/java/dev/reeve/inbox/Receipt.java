package dev.reeve.inbox;

/**
 * A delivery is durable.
 *
 * @param delivery its id in the inbox
 * @param attempt how often it has come by now; from 2 on it is a redelivery
 */
public record Receipt(long delivery, int attempt) {}
