package dev.reeve.inbox;

import dev.reeve.model.Outcome;
import dev.reeve.model.Trigger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code kill -9} under load, again and again on the same data folder. */
@Tag("slow")
class KilledInboxTest {

    private static final int ROUNDS = Integer.getInteger("reeve.kill.rounds", 10);

    private final Set<String> accepted = new HashSet<>();
    private final Set<String> ran = new HashSet<>();

    @Test
    void whatWasAcknowledgedIsStoredAndItsWorkIsRun() throws Exception {
        var folder = Databases.temporaryFolder().resolve("data");
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            killSoon(start(folder, "round" + round), 1 + random.nextInt(600));
        }
        try (var inbox = Inbox.open(InboxProcess.settings(folder))) {
            assertThat(accepted).as("seed %d", seed).hasSizeGreaterThan(ROUNDS * 10);
            assertThat(accepted).allSatisfy(guid -> assertThat(inbox.overview().delivery(guid)).isPresent());
            var runner = new QueueRunner(inbox.queue(), this::run, RunnerSettings.usual("last"), InstantSource.system(),
                    Checkpoint.NONE);
            runner.runUntilIdle();
            assertThat(ran).containsAll(accepted);
            assertThat(inbox.queue().pending().dead()).isZero();
        }
    }

    private synchronized Result run(Claim claim) {
        claim.triggers().stream().map(Trigger::guid).filter(Objects::nonNull).forEach(ran::add);
        return Result.of(new Outcome.Done());
    }

    private static Process start(Path folder, String round) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                InboxProcess.class.getName(), folder.toString(), round)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Reads what the process promises and kills it when it has promised so much. */
    private void killSoon(Process process, int promises) throws IOException {
        try (BufferedReader lines = process.inputReader()) {
            int count = 0;
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                note(line);
                if (++count == promises) {
                    // Not Process.destroyForcibly: it would close the stream before its last lines are read.
                    process.toHandle().destroyForcibly();
                }
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private void note(String line) {
        if (!line.endsWith(InboxProcess.END)) {
            return;
        }
        var words = List.of(line.substring(0, line.length() - InboxProcess.END.length()).split(" "));
        (words.getFirst().equals("accepted") ? accepted : ran).addAll(words.subList(1, words.size()));
    }
}
