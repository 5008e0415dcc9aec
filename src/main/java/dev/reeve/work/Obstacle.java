package dev.reeve.work;

import dev.reeve.model.Slug;
import dev.reeve.model.Text;
import dev.reeve.model.Trigger;

import java.util.List;
import java.util.Optional;

/** What kept a task from being completed, handed from the task's work to the check run's as the cause of its trigger. */
final class Obstacle {

    private static final int LONGEST = 800;

    private Obstacle() {}

    /** The cause that names the obstacle. */
    static String cause(Slug slug, String reason) {
        return prefix(slug) + Text.plain(reason, LONGEST);
    }

    /** The latest obstacle that these triggers name for the task. */
    static Optional<String> in(List<Trigger> triggers, Slug slug) {
        return triggers.reversed()
                .stream()
                .map(Trigger::cause)
                .filter(cause -> cause.startsWith(prefix(slug)))
                .map(cause -> cause.substring(prefix(slug).length()))
                .findFirst();
    }

    private static String prefix(Slug slug) {
        return slug + " was not completed: ";
    }
}
