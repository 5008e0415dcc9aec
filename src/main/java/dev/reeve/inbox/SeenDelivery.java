package dev.reeve.inbox;

/** A delivery and what became of it. */
public record SeenDelivery(StoredDelivery delivery, DeliveryState state) {}
