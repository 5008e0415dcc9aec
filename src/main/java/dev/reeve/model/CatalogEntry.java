package dev.reeve.model;

import java.util.List;
import java.util.Optional;

/** What a look at all tasks knows of one. */
public sealed interface CatalogEntry {

    /** Its slug. */
    Slug slug();

    /** Where its file is, if there is one. */
    Optional<TaskPath> path();

    /** The task, if its file is valid. */
    default Optional<TaskSummary> asTask() {
        return this instanceof Valid(var task) ? Optional.of(task) : Optional.empty();
    }

    /** The file is a valid task. */
    record Valid(TaskSummary task) implements CatalogEntry {

        @Override
        public Slug slug() {
            return task.slug();
        }

        @Override
        public Optional<TaskPath> path() {
            return Optional.of(task.path());
        }
    }

    /**
     * The file is there and broken.
     *
     * @param at its path, whose name is a slug
     */
    record Faulty(Slug slug, TaskPath at, List<Fault> faults) implements CatalogEntry {

        @Override
        public Optional<TaskPath> path() {
            return Optional.of(at);
        }
    }

    /** There is no such file; a register or dispatch files know the slug. */
    record Missing(Slug slug) implements CatalogEntry {

        @Override
        public Optional<TaskPath> path() {
            return Optional.empty();
        }
    }
}
