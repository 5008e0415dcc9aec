package dev.reeve.scenario;

import dev.reeve.bench.LossyHammer;
import dev.reeve.bench.LossyHammer.Fate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** Deliveries go astray and the server is killed; {@link LossyHammer} does it more often. */
@Tag("slow")
@Isolated("what takes the whole machine keeps others waiting beyond their patience")
class LossyTest {

    private static final int MERGES = 200;
    private static final int KILLS = 20;
    /** Of each kind that arrives; about eighty are sent. */
    private static final int HEARD = 5;

    @TempDir
    private Path folder;

    @Test
    void everyMergedTaskIsCompletedOnceWhateverBecomesOfDeliveriesAndServer() throws Exception {
        long seed = System.nanoTime();
        try (var hammer = new LossyHammer(folder.toRealPath(), MERGES, seed)) {
            assertThat(hammer.run()).as("seed %d", seed).isEqualTo(LossyHammer.Figures.good(MERGES));
            assertThat(hammer.kills()).as("kills, seed %d", seed).isGreaterThanOrEqualTo(KILLS);
            assertThat(Fate.values()).filteredOn(fate -> fate != Fate.DROPPED && fate != Fate.LOST)
                    .as("fates of deliveries of which a live server heard, seed %d", seed)
                    .allSatisfy(fate -> assertThat(hammer.acknowledged(fate)).isGreaterThanOrEqualTo(HEARD));
        }
    }
}
