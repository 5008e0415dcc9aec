package dev.reeve.intake;

/** Ends the reading of a request; {@link Intake} makes an answer of it. It has no stack trace, because senders could make us fill many. */
final class RefusedException extends Exception {

    private final Refusal refusal;

    RefusedException(Refusal refusal, String message) {
        super(message, null, false, false);
        this.refusal = refusal;
    }

    static RefusedException malformed(String message) {
        return new RefusedException(Refusal.MALFORMED, message);
    }

    Answer.Refused answer() {
        return new Answer.Refused(refusal, String.valueOf(getMessage()));
    }
}
