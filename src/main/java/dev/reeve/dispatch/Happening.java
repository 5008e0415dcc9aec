package dev.reeve.dispatch;

/** What the runner of a run waits for. */
sealed interface Happening {

    /** The program that it runs has ended. */
    record Exited(int code) implements Happening {}

    /** Somebody wants the run to end. */
    record Stopped() implements Happening {}
}
