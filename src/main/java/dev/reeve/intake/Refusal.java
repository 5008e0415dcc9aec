package dev.reeve.intake;

/** Why a request was not accepted, by HTTP status. */
public enum Refusal {
    /** It is not what GitHub sends. */
    MALFORMED(400),
    /** Its signature is missing or made with none of our secrets. */
    UNAUTHORIZED(401),
    /** It is larger than GitHub ever sends. */
    TOO_LARGE(413),
    /** It is neither JSON nor a form. */
    UNSUPPORTED(415),
    /** It could not be made durable, or too much is under way; it may be sent again. */
    UNAVAILABLE(503);

    private final int status;

    Refusal(int status) {
        this.status = status;
    }

    /** The HTTP status code. */
    public int status() {
        return status;
    }
}
