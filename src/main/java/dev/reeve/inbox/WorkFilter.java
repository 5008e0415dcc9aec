package dev.reeve.inbox;

import dev.reeve.model.RepositoryName;
import org.jspecify.annotations.Nullable;

/**
 * Which open work to list; what is null doesn't matter.
 *
 * @param before that with a smaller id: what is left after a page
 */
public record WorkFilter(@Nullable RepositoryName repository, @Nullable WorkState state, @Nullable Long before) {}
