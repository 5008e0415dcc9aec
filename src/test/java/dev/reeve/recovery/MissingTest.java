package dev.reeve.recovery;

import dev.reeve.github.DeliveryLog.Entry;
import dev.reeve.recovery.Missing.Why;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class MissingTest {

    private static final Instant NOON = Instant.parse("2026-03-27T12:00:00Z");

    private static Entry entry(long id, String guid, boolean succeeded) {
        return new Entry(id, guid, NOON.plusSeconds(id), succeeded, "", "push", null, null);
    }

    @Test
    void whatTheInboxHasIsNotMissingWhateverGitHubSays() {
        assertThat(Missing.in(List.of(entry(2, "a", false), entry(1, "b", true)), Set.of("a", "b"))).isEmpty();
    }

    @Test
    void theAttemptsOfADeliveryAreOneAndTheNewestIsTaken() {
        assertThat(Missing.in(List.of(entry(3, "a", false), entry(2, "b", false), entry(1, "a", false)), Set.of()))
                .containsExactly(new Missing(entry(2, "b", false), Why.FAILED),
                        new Missing(entry(3, "a", false), Why.FAILED));
    }

    @Test
    void oneThatSucceededOnceAndIsNotThereWasLost() {
        assertThat(Missing.in(List.of(entry(3, "a", false), entry(2, "a", true), entry(1, "a", false)), Set.of()))
                .containsExactly(new Missing(entry(3, "a", false), Why.LOST));
    }

    @Test
    void theOldestComesFirst() {
        assertThat(Missing.in(List.of(entry(3, "c", false), entry(2, "b", true), entry(1, "a", false)), Set.of("b")))
                .extracting(one -> one.newest().id())
                .containsExactly(1L, 3L);
    }
}
