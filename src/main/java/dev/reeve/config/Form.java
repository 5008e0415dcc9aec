package dev.reeve.config;

import java.util.Optional;

/** How a value is written and what it then means. */
interface Form<T> {

    /** What is expected, for people, completing <i>write …</i>: {@code a duration such as 90s, 3m or 1h}. */
    String expected();

    /** What the value means, or nothing after telling {@code wrong} each thing that is wrong with it. */
    Optional<T> read(Value value, Complaint wrong);

    /** Takes what is wrong with a value or a part of it. */
    @FunctionalInterface
    interface Complaint {
        /**
         * Tells what is wrong.
         *
         * @param message never has the text of a secret
         */
        void about(Value value, String message);
    }
}
