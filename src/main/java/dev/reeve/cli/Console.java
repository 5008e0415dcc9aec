package dev.reeve.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command runs in.
 *
 * @param environment the process's variables
 * @param directory the working folder, absolute
 * @param out for data
 * @param err for what went wrong
 * @param screen what {@code out} is
 */
record Console(Map<String, String> environment, Path directory, PrintWriter out, PrintWriter err, Screen screen) {

    /** What standard output is. */
    enum Screen {
        /** People look at it: colours may be used. */
        TERMINAL,
        /** A file, a pipe, another program. */
        OTHER
    }

    /** How this console wants text to be painted: in colour on a terminal, unless {@code NO_COLOR} is set. */
    Paint paint() {
        boolean plain = screen == Screen.OTHER || !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || environment.getOrDefault("TERM", "").equals("dumb");
        return plain ? Paint.NONE : Paint.ANSI;
    }
}
