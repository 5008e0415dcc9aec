package dev.reeve.github;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class EtagCacheTest {

    private final EtagCache cache = new EtagCache(800);

    private static URI at(int n) {
        return URI.create("https://api.test/" + n);
    }

    @Test
    void itNeverHoldsMoreThanItsCapacityAndKeepsWhatIsUsed() {
        for (int i = 0; i < 50; i++) {
            cache.put(at(i), new EtagCache.Entry("tag", Optional.empty(), "x".repeat(100)));
            assertThat(cache.get(at(0))).isNotNull();
            assertThat(cache.size()).isLessThanOrEqualTo(800);
        }
        assertThat(cache.get(at(49))).isNotNull();
        assertThat(cache.get(at(30))).isNull();
    }

    @Test
    void anAnswerThatIsReplacedCountsOnceAndAHugeOneIsNotKept() {
        cache.put(at(1), new EtagCache.Entry("a", Optional.empty(), "x".repeat(100)));
        cache.put(at(1), new EtagCache.Entry("b", Optional.empty(), "y".repeat(50)));
        assertThat(cache.size()).isEqualTo(50);

        cache.put(at(1), new EtagCache.Entry("c", Optional.empty(), "z".repeat(101)));
        assertThat(cache.size()).isZero();
        assertThat(cache.get(at(1))).isNull();
    }
}
