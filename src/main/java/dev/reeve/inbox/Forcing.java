package dev.reeve.inbox;

import dev.reeve.model.Text;
import dev.reeve.model.Trigger;

/**
 * Somebody's wish that work is done now, whatever it waits for.
 *
 * @param person who, as far as is known: {@code bob}, {@code admin token (dave@vm)}
 * @param how by what means: {@code re-run}, {@code reeve redeliver}
 */
public record Forcing(String person, String how) {

    private static final String BEGINNING = "forced by ";
    private static final int LONGEST = 200;

    /** Makes both safe to be shown and bounded, since they come from outside. */
    public Forcing {
        person = Text.plain(person, LONGEST);
        how = Text.plain(how, LONGEST);
    }

    /** Somebody had GitHub send a delivery again; GitHub doesn't say who. */
    static final Forcing REDELIVERY = new Forcing("somebody at GitHub", "redelivery");

    /** The cause of what follows from it. */
    public String cause() {
        return BEGINNING + person + ": " + how;
    }

    /** Whether that is the cause of a trigger. */
    public static boolean isCauseOf(Trigger trigger) {
        return trigger.cause().startsWith(BEGINNING);
    }
}
