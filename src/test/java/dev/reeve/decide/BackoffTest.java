package dev.reeve.decide;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class BackoffTest {

    @Property
    void aWaitIsNeverLongerThanItsCeilingWhichDoublesUpToAQuarterOfAnHour(
            @ForAll @IntRange(min = 1, max = 9) int failures,
            @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double random) {
        var delay = Backoff.delayAfter(failures, random).orElseThrow();

        assertThat(delay).isBetween(Duration.ZERO, Duration.ofSeconds(Math.min(900, 1L << failures)));
    }

    @Test
    void theJitterIsFull() {
        assertThat(Backoff.delayAfter(3, 0)).contains(Duration.ZERO);
        assertThat(Backoff.delayAfter(3, 0.5)).contains(Duration.ofSeconds(4));
        assertThat(Backoff.delayAfter(9, Math.nextDown(1.0)).orElseThrow()).isGreaterThan(Duration.ofSeconds(500));
    }

    @Test
    void theTenthFailureIsTheLast() {
        assertThat(Backoff.delayAfter(9, 0.5)).isPresent();
        assertThat(Backoff.delayAfter(10, 0.5)).isEmpty();
        assertThat(Backoff.delayAfter(Integer.MAX_VALUE, 0.5)).isEmpty();
    }

    @Test
    void nonsenseIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Backoff.delayAfter(0, 0.5));
        assertThatIllegalArgumentException().isThrownBy(() -> Backoff.delayAfter(1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Backoff.delayAfter(1, Double.NaN));
    }
}
