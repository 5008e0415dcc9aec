package dev.reeve.work;

import dev.reeve.github.Installations;
import dev.reeve.inbox.Repositories;
import dev.reeve.model.RepositoryName;

import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The repositories that are worked on, and what is kept of them.
 *
 * @param known what is remembered of them
 * @param atGitHub where the App is installed
 * @param giveUp ends the work on one and deletes what is kept of it in the data folder
 * @param reopen opens one anew, as it is spelled now
 * @param nextSweep gives, for one repository, when it is to be swept next
 */
public record Holdings(Repositories known, Installations atGitHub, Consumer<RepositoryName> giveUp,
        Consumer<RepositoryName> reopen, Supplier<Instant> nextSweep) {}
