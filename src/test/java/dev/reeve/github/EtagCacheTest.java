package dev.reeve.github;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class EtagCacheTest {

    private final EtagCache cache = new EtagCache(8_000);

    private static EtagCache.Key at(int n) {
        return new EtagCache.Key(URI.create("https://api.test/" + n), "");
    }

    /** A body that can hardly be compressed. */
    private static EtagCache.Entry entry(String etag, int bytes) {
        var noise = new byte[bytes * 3 / 4];
        new Random(7).nextBytes(noise);
        return new EtagCache.Entry(etag, Optional.empty(), Base64.getEncoder().encodeToString(noise));
    }

    @Test
    void itNeverHoldsMoreThanItsCapacityAndKeepsWhatIsUsed() {
        for (int i = 0; i < 50; i++) {
            cache.put(at(i), entry("tag", 1_000));
            assertThat(cache.get(at(0))).isNotNull();
            assertThat(cache.size()).isLessThanOrEqualTo(8_000);
        }
        assertThat(cache.get(at(49))).isEqualTo(entry("tag", 1_000));
        assertThat(cache.get(at(30))).isNull();
    }

    @Test
    void anAnswerThatIsReplacedCountsOnceAndAHugeOneIsNotKept() {
        cache.put(at(1), entry("a", 1_000));
        long larger = cache.size();
        cache.put(at(1), entry("b", 500));
        assertThat(cache.size()).isPositive().isLessThan(larger);

        cache.put(at(1), entry("c", 2_000));
        assertThat(cache.size()).isZero();
        assertThat(cache.get(at(1))).isNull();
    }

    @Test
    void aLongListThatRepeatsItselfTakesLittleRoom() {
        var list = "{\"ref\":\"main\",\"repo\":{\"full_name\":\"acme/shop\",\"ünïcode\":\"✓\"}},".repeat(1_000);
        cache.put(at(1), new EtagCache.Entry("a", Optional.of("link"), list));

        assertThat(cache.get(at(1))).isEqualTo(new EtagCache.Entry("a", Optional.of("link"), list));
        assertThat(cache.size()).isLessThan(1_000);
    }
}
