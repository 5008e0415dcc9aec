package dev.reeve.scenario;

import dev.reeve.bench.LossyHammer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** Deliveries go astray and the server is killed; {@link LossyHammer} does it more often. */
@Tag("slow")
class LossyTest {

    private static final int MERGES = 200;

    @TempDir
    private Path folder;

    @Test
    void everyMergedTaskIsCompletedOnceWhateverBecomesOfDeliveriesAndServer() throws Exception {
        long seed = System.nanoTime();
        try (var hammer = new LossyHammer(folder.toRealPath(), MERGES, seed)) {
            assertThat(hammer.run()).as("seed %d", seed).isEqualTo(new LossyHammer.Figures(MERGES, 0, 0, 0, 0, 0));
        }
    }
}
