package dev.reeve.github;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class EtagCacheTest {

    private final EtagCache cache = new EtagCache(12_000);

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
            assertThat(cache.size()).isLessThanOrEqualTo(12_000);
        }
        assertThat(cache.get(at(49))).isEqualTo(entry("tag", 1_000));
        assertThat(cache.get(at(30))).isNull();
    }

    /** Sweeps ask in a circle; where the last used were kept, none of these would ever be found. */
    @Test
    void ofWhatIsAskedForInACircleNearlyAsMuchIsFoundAsThereIsRoomFor() {
        for (int round = 0; round < 20; round++) {
            found(12);
        }
        assertThat(cache.size()).isGreaterThan(9_000);
        assertThat(found(12)).isBetween(6, 9);
    }

    /** How many of so many are found; the others are asked for and kept, as far as there is room. */
    private int found(int addresses) {
        int found = 0;
        for (int i = 0; i < addresses; i++) {
            found += cache.get(at(i)) == null ? 0 : 1;
            cache.put(at(i), entry("tag", 1_000));
        }
        return found;
    }

    @Test
    void whatIsAskedForOncePushesNothingOutThatIsAskedForAgain() {
        for (int i = 0; i < 6; i++) {
            cache.put(at(i), entry("tag", 1_000));
            assertThat(cache.get(at(i))).isNotNull();
        }
        for (int entry = 100; entry < 1_000; entry++) {
            cache.put(at(entry), entry("tag", 1_000));
        }
        assertThat(found(6)).isEqualTo(6);
    }

    @Test
    void anAnswerThatIsReplacedCountsOnceAndAHugeOneIsNotKept() {
        cache.put(at(1), entry("a", 1_000));
        long larger = cache.size();
        cache.put(at(1), entry("b", 500));
        assertThat(cache.size()).isPositive().isLessThan(larger);

        cache.put(at(1), entry("c", 3_000));
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
