package dev.reeve.doctor;

import dev.reeve.doctor.Finding.Level;
import dev.reeve.git.Housekeeping.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class ChecksTest {

    private static final Instant NOON = Instant.parse("2026-03-27T12:00:00Z");

    @ParameterizedTest
    @CsvSource({"0, OK", "30, OK", "-30, OK", "31, WARNING", "-90, WARNING"})
    void aClockMayDifferFromGitHubsByAsMuchAsAnAnswerTakes(long seconds, Level level) {
        assertThat(GitHubChecks.time(NOON, NOON.plusSeconds(seconds)).level()).isEqualTo(level);
    }

    @Test
    void aWrongClockIsSaidWithItsDirection() {
        assertThat(GitHubChecks.time(NOON, NOON.plusSeconds(90)).message()).contains("90 s ahead of GitHub's");
        assertThat(GitHubChecks.time(NOON, NOON.minusSeconds(90)).message()).contains("90 s behind GitHub's");
    }

    @ParameterizedTest
    @CsvSource({"2, 35, ERROR", "1, 99, ERROR", "2, 36, WARNING", "2, 38, OK", "3, 0, OK"})
    void aGitIsNewEnoughOrNot(int major, int minor, Level level) {
        assertThat(MachineChecks.git(new Version(major, minor)).level()).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({"24.0.1, ERROR", "25, OK", "26-ea, OK"})
    void aJavaIsNewEnoughOrNot(String version, Level level) {
        assertThat(MachineChecks.java(Runtime.Version.parse(version)).level()).isEqualTo(level);
    }

    @Test
    void aCheckThatFailsIsAFindingAndTheOthersAreMade() {
        var findings = Check.all(List.of(new Check("first", () -> {
            throw new IOException("disk on fire");
        }), new Check("second", () -> List.of(Finding.ok("second", "fine")))));

        assertThat(findings).extracting(Finding::check, Finding::level)
                .containsExactly(tuple("first", Level.ERROR),
                        tuple("second", Level.OK));
        assertThat(findings.getFirst().message()).contains("disk on fire");
    }
}
