package dev.reeve.doctor;

import java.time.Instant;
import java.util.Optional;

/** Asks GitHub who we are to it. */
@FunctionalInterface
public interface GitHubLook {

    /** Asks now. It doesn't throw. */
    Answer look();

    /** What came of it. */
    sealed interface Answer {

        /** There is no reason to ask, or nothing to ask with; {@code remedy} is empty where that is as it was wanted. */
        record NotAsked(String why, String remedy) implements Answer {}

        /** It could not be reached, or had no time for us. */
        record Unreachable(String why) implements Answer {}

        /** It refuses the token, or doesn't show it the repository. */
        record Refused(String why) implements Answer {}

        /**
         * It answered.
         *
         * @param repository the repository that {@code origin} leads to
         * @param identity whose token it is and what it may, as far as GitHub tells; one line
         * @param push whether it may push to the repository
         * @param date GitHub's time at the answer
         */
        record Answered(String repository, String identity, Push push, Optional<Instant> date) implements Answer {}
    }

    /** Whether whoever has the token may push to the repository; a token of the fine-grained kind may be allowed less than its owner. */
    enum Push {
        GRANTED, DENIED
    }
}
