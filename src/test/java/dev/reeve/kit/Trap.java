package dev.reeve.kit;

import dev.reeve.inbox.Checkpoint;

/**
 * Lets a server die at a durable step. From then on every thread of it that reaches one ends there too, so that nothing more becomes
 * durable.
 *
 * <p><b>Threading</b>: set by a test, reached by any thread of the server.
 */
final class Trap implements Checkpoint {

    private String step = "";
    private int left;
    private boolean sprung;

    /** Thrown where the process would have died. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;

        Crash(String step) {
            super("crashed at " + step, null, false, false);
        }
    }

    /** Threads that end by a crash end without a word from now on. */
    static void quietly() {
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> {
            if (!(thrown instanceof Crash)) {
                System.err.println("in " + thread + ":");
                thrown.printStackTrace();
            }
        });
    }

    /** Dies when the step is reached for the given time from now on, 1 being the first. */
    synchronized void set(String where, int occurrence) {
        step = where;
        left = occurrence;
    }

    synchronized boolean hasSprung() {
        return sprung;
    }

    @Override
    public synchronized void reached(String where) {
        if (!sprung && where.equals(step)) {
            sprung = --left == 0;
        }
        if (sprung) {
            throw new Crash(where);
        }
    }
}
