package dev.reeve.inbox;

/** What became of a delivery: the least finished of all the work that it has caused. */
public enum DeliveryState {
    /** Some of its work waits for a person. */
    DEAD,
    /** Some of its work is being done. */
    RUNNING,
    /** Its work is due, or waits for another try. */
    WAITING,
    /** All its work is done. */
    DONE,
    /** Nothing had to be done because of it. */
    NOTHING_TO_DO
}
