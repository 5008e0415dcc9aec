package dev.reeve.git;

import dev.reeve.model.Sha;

import java.time.Instant;
import java.util.List;

/** A commit as it stands in the history. All of it but the ids was written by somebody else. */
public record Commit(Sha sha, List<Sha> parents, Identity author, Instant committedAt, String subject,
        List<Trailer> trailers) {}
