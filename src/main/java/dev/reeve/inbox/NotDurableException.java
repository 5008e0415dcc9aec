package dev.reeve.inbox;

/** Something could not be made durable; nothing of it was stored. It may work later, so the sender should try again. */
public final class NotDurableException extends RuntimeException {

    NotDurableException(String message) {
        super(message);
    }

    NotDurableException(String message, Throwable cause) {
        super(message, cause);
    }
}
