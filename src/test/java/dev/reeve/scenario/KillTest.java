package dev.reeve.scenario;

import dev.reeve.bench.KillHammer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code kill -9} of the whole server under load; {@link KillHammer} does it more often. */
@Tag("slow")
class KillTest {

    @TempDir
    private Path folder;

    @Test
    void whatWasAcknowledgedIsDoneOnceHoweverOftenTheServerIsKilled() throws Exception {
        long seed = System.nanoTime();
        Files.createDirectory(folder.resolve("remotes"));
        try (var hammer = new KillHammer(folder.toRealPath(), 5, seed)) {
            var figures = hammer.run();
            assertThat(figures.acknowledged()).as("seed %d", seed).isEqualTo(figures.merged()).isPositive();
            assertThat(figures)
                    .isEqualTo(new KillHammer.Figures(5, figures.merged(), 0, figures.redelivered(), figures.merged(),
                            0, 0, 0, 0, 0, 0));
        }
    }
}
