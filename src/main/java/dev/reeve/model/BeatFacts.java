package dev.reeve.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that a heartbeat knows of one task, read at one moment: its intent (the file), its run (register, dispatch files, worktree) and its pull
 * request, kept apart.
 *
 * @param detail what a reconcile pass knows of it; nothing when no register, dispatch file or worktree knows it, it isn't in progress, and no pull
 *        request is about it: then there is nothing to know
 * @param pullRequest the pull request that is about it
 * @param standing what that one waits for; nothing when it isn't open
 * @param dependencies the tasks that it depends on, in the file's order
 */
public record BeatFacts(CatalogEntry task, Optional<TaskFacts> detail, PullRequestLookup pullRequest,
        Optional<PullRequestStanding> standing, List<Dependency> dependencies) {

    /** Its slug. */
    public Slug slug() {
        return task.slug();
    }

    /** Its register entry, run and worktree, where there may be any. */
    public Optional<DeskFacts.AtDesk> desk() {
        return detail.map(TaskFacts::desk)
                .flatMap(desk -> desk instanceof DeskFacts.AtDesk atDesk ? Optional.of(atDesk) : Optional.empty());
    }

    /**
     * A task that another one depends on.
     *
     * @param since when its file was last changed; the epoch when there is none
     */
    public record Dependency(Slug slug, State state, Instant since) {

        /** Where it stands. */
        public enum State {
            COMPLETED,
            CANCELLED,
            OPEN,
            /** There is no such task. */
            UNKNOWN,
            /** Its file is broken, or it stands in two files. */
            UNREADABLE
        }
    }
}
