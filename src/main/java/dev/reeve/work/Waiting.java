package dev.reeve.work;

import dev.reeve.inbox.Claim;
import dev.reeve.model.Slug;
import dev.reeve.model.Trigger;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * That a task, or all work on a pull request, waits for a rate limit to end, handed from its work to the check run's as the cause of its trigger. The limit may keep the check run from being
 * written as well: whoever comes to write it when the wait is over leaves it to the task's own end.
 */
final class Waiting {

    private static final String UNTIL = " waits until ";
    private static final String PULL = "PR #";

    private Waiting() {}

    /** The cause that names the wait. */
    static String cause(Slug slug, Instant until) {
        return slug + UNTIL + until;
    }

    /** The cause that names the wait of a pull request's work. */
    static String cause(int pullRequest, Instant until) {
        return PULL + pullRequest + UNTIL + until;
    }

    /** Until when the task waits, or the pull request that it is of, as the latest of these triggers says. */
    static Optional<Instant> in(List<Trigger> triggers, Slug slug) {
        return triggers.reversed()
                .stream()
                .filter(trigger -> trigger.cause().startsWith(slug + UNTIL)
                        || (trigger.cause().startsWith(PULL) && until(trigger).isPresent()))
                .findFirst()
                .flatMap(Waiting::until);
    }

    /** Whether there is nothing but waits to tell of, and all were over when the work became due. */
    static boolean isOver(Claim claim) {
        return !claim.triggers().isEmpty() && claim.triggers()
                .stream()
                .allMatch(trigger -> until(trigger).filter(end -> !end.isAfter(claim.waitingSince())).isPresent());
    }

    private static Optional<Instant> until(Trigger trigger) {
        int at = trigger.cause().indexOf(UNTIL);
        try {
            return at < 0 ? Optional.empty()
                    : Optional.of(Instant.parse(trigger.cause().substring(at + UNTIL.length())));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }
}
