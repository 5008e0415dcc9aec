package dev.reeve.app;

import dev.reeve.config.Configured;
import dev.reeve.config.TeamConfiguration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class CheckoutPassTest {

    /** An agent that noticed a merge would otherwise begin a pass that can't be made, in each heartbeat anew. */
    @ParameterizedTest
    @CsvSource({"worktree, true, true", "push, true, true", "none, true, false", "pull-request, false, false"})
    void whereCompletionsGoSaysWhetherAPassHereMakesThem(String publish, boolean can, boolean completes) {
        var team = team("reconcile: { publish: " + publish + " }\n");

        assertThat(CheckoutPass.canPublish(team)).isEqualTo(can);
        assertThat(CheckoutPass.completes(team)).isEqualTo(completes);
    }

    private static TeamConfiguration team(String text) {
        return switch (TeamConfiguration.read(TeamConfiguration.FILE, text.getBytes(UTF_8))) {
            case Configured.Valid<TeamConfiguration>(var team, _, _) -> team;
            case Configured.Faulty<TeamConfiguration>(var faults, _, _) -> throw new AssertionError(faults);
        };
    }
}
