package dev.reeve.inbox;

import dev.reeve.kit.SettableClock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;

class RateLimitsTest {

    private final SettableClock clock = SettableClock.atNoon();

    @ParameterizedTest
    @EnumSource
    void whatWasLearntOutlivesARestartAndOnlyGrows(Databases databases) {
        var location = databases.fresh();
        var end = clock.instant().plus(Duration.ofMinutes(10));
        try (var inbox = Inbox.open(Samples.settings(location, clock))) {
            assertThat(inbox.rateLimits().until(5000)).isEqualTo(Instant.MIN);
            inbox.rateLimits().extend(5000, end);
            inbox.rateLimits().extend(5000, end.minusSeconds(60));
            assertThat(inbox.rateLimits().until(5001)).isEqualTo(Instant.MIN);
        }
        try (var inbox = Inbox.open(Samples.settings(location, clock))) {
            assertThat(inbox.rateLimits().until(5000)).isEqualTo(end);
            inbox.rateLimits().extend(5000, end.plusNanos(1));
            assertThat(inbox.rateLimits().until(5000)).isAfter(end);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsOverForLongIsForgotten(Databases databases) {
        try (var inbox = Inbox.open(Samples.settings(databases.fresh(), clock))) {
            inbox.rateLimits().extend(5000, clock.instant());
            clock.advance(Duration.ofDays(2));
            inbox.rateLimits().extend(5001, clock.instant());
            assertThat(inbox.rateLimits().until(5000)).isEqualTo(Instant.MIN);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDatabaseThatCannotBeUsedMakesNothingFail(Databases databases) {
        var inbox = Inbox.open(Samples.settings(databases.fresh(), clock));
        inbox.close();
        inbox.rateLimits().extend(5000, clock.instant());
        assertThat(inbox.rateLimits().until(5000)).isEqualTo(Instant.MIN);
    }
}
