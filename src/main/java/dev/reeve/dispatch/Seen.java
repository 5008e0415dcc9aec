package dev.reeve.dispatch;

import dev.reeve.model.BeatFacts;

import java.util.Optional;

/**
 * A task as it was read just now, with its pull request and its worktree.
 *
 * @param obstacle why no run of it may be started
 * @param attempts runs of it that count so far
 */
public record Seen(BeatFacts facts, Optional<String> obstacle, int attempts) {}
