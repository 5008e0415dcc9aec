package dev.reeve.intake;

/** What the headers of a request say about it, before its body is read. */
public sealed interface Admission {

    /** Its body may be read. */
    record Admitted(Envelope envelope) implements Admission {}

    /** Its body need not be read. */
    record Rejected(Answer.Refused answer) implements Admission {}
}
