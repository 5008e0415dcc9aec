package dev.reeve.cli;

import dev.reeve.model.Redaction;
import dev.reeve.model.Signal;
import dev.reeve.model.Text;

/** Ends a command with a message for people: what is wrong and what to do, in one or two lines that are safe to print. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST = 500;

    private final Exit exit;

    private Refusal(Exit exit, String message) {
        super(message);
        this.exit = exit;
    }

    /** It was called or configured wrongly. */
    static Refusal usage(String message) {
        return new Refusal(Exit.USAGE, message);
    }

    /** It could not be done. */
    static Refusal failed(String message) {
        return new Refusal(Exit.FAILED, message);
    }

    /**
     * It could not be done because of what was found in a file.
     *
     * @param remedy what to do, as one more sentence; may be empty
     */
    static Refusal failed(Signal signal, String remedy) {
        var place = signal.place() == null ? "" : signal.place() + ": ";
        return failed(Text.plain(place + signal.message(), LONGEST) + (remedy.isEmpty() ? "" : ". " + remedy));
    }

    Exit exit() {
        return exit;
    }

    /** The message, which is never missing and holds no secret. */
    String text() {
        return Redaction.of(String.valueOf(getMessage()));
    }
}
