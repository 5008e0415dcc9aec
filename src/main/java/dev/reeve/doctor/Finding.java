package dev.reeve.doctor;

/**
 * What a check found.
 *
 * @param check what was looked at, {@code git}
 * @param message what is so; one line, may hold text from outside, to be escaped
 * @param remedy what to do about it; empty when there is nothing to do
 */
public record Finding(Level level, String check, String message, String remedy) {

    /** How bad it is. */
    public enum Level {
        /** As it should be. */
        OK,
        /** Good to know, or could not be looked at. */
        INFO,
        /** Something doesn't work as well as it could. */
        WARNING,
        /** Something doesn't work. */
        ERROR
    }

    static Finding ok(String check, String message) {
        return new Finding(Level.OK, check, message, "");
    }

    static Finding info(String check, String message) {
        return new Finding(Level.INFO, check, message, "");
    }

    static Finding info(String check, String message, String remedy) {
        return new Finding(Level.INFO, check, message, remedy);
    }

    static Finding warning(String check, String message, String remedy) {
        return new Finding(Level.WARNING, check, message, remedy);
    }

    static Finding error(String check, String message, String remedy) {
        return new Finding(Level.ERROR, check, message, remedy);
    }
}
