package dev.reeve.kit;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A review as GitHub keeps it.
 *
 * @param login null when the account was deleted
 * @param state {@code APPROVED}, {@code CHANGES_REQUESTED}, {@code COMMENTED}, {@code DISMISSED} or {@code PENDING}
 */
record FakeReview(long id, @Nullable String login, String state, Instant submittedAt) {

    FakeReview dismissed() {
        return new FakeReview(id, login, "DISMISSED", submittedAt);
    }
}
