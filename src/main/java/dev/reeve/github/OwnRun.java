package dev.reeve.github;

import dev.reeve.model.Slug;

import java.util.List;
import java.util.Optional;

/**
 * A check run of ours, as it is at GitHub.
 *
 * @param externalId what tells our runs on one commit apart
 * @param promise the tasks that it says a merge completes; nothing where it promises nothing
 */
public record OwnRun(long id, String name, String externalId, Optional<List<Slug>> promise) {}
