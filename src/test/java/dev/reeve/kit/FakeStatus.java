package dev.reeve.kit;

import dev.reeve.model.Sha;

/**
 * A commit status as GitHub keeps it.
 *
 * @param state {@code pending}, {@code success}, {@code failure} or {@code error}
 */
record FakeStatus(long id, Sha head, String context, String state) {}
