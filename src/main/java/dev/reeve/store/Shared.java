package dev.reeve.store;

import dev.reeve.model.CatalogEntry;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskSummary;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps one object for each of the names that many tasks have in common, because there may be a hundred thousand tasks.
 *
 * <p><b>Threading:</b> one thread at a time.
 */
final class Shared {

    private final Map<String, String> texts = new HashMap<>();
    private final Map<Slug, Slug> slugs = new HashMap<>();

    /** The same, made of shared objects. */
    KnownFile of(KnownFile known) {
        if (known.entry().isPresent() && known.entry().get() instanceof CatalogEntry.Valid(var task)) {
            return new KnownFile(task.path(), known.stamp(), known.trust(),
                    Optional.of(new CatalogEntry.Valid(of(task))));
        }
        return known;
    }

    private TaskSummary of(TaskSummary task) {
        return new TaskSummary(task.slug(), task.path(), task.title(), task.status(), task.priority(),
                text(task.milestone()), text(task.owner()), slugs(task.dependsOn()), task.branch(), task.prNumber(),
                task.openBoxes(), task.reviewRecord(), task.modified());
    }

    @Nullable
    String text(@Nullable String text) {
        if (text == null) {
            return null;
        }
        var other = texts.putIfAbsent(text, text);
        return other == null ? text : other;
    }

    private List<Slug> slugs(List<Slug> some) {
        return some.isEmpty() ? List.of() : List.copyOf(some.stream().map(this::slug).toList());
    }

    Slug slug(Slug slug) {
        var other = slugs.putIfAbsent(slug, slug);
        return other == null ? slug : other;
    }
}
