package dev.reeve.intake;

/** What became of a delivery that was missed. */
public enum Recovered {
    /** It is durable, and so is its work. */
    TAKEN_IN,
    /** It had come meanwhile. */
    HERE_ALREADY,
    /** Its payload is none that is read. */
    NO_GOOD,
    /** It could not be made durable; another try may help. */
    NOT_NOW
}
