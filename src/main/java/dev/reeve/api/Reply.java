package dev.reeve.api;

import org.jspecify.annotations.Nullable;

/** What a call is answered. */
public sealed interface Reply {

    /** It went well. */
    record Data(int status, Json json) implements Reply {}

    /** It went well, and there is so much to say that few are told at once: it is written as it is read. */
    record Large(int status, Json json) implements Reply {}

    /**
     * It didn't; an RFC 9457 problem.
     *
     * @param detail what is wrong and what to do
     * @param retryAfterSeconds when it may go well; null when time doesn't help
     */
    record Problem(int status, String detail, @Nullable Long retryAfterSeconds) implements Reply {

        /** One that time doesn't help. */
        public Problem(int status, String detail) {
            this(status, detail, null);
        }
    }
}
