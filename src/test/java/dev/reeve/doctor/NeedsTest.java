package dev.reeve.doctor;

import dev.reeve.config.AppManifest;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

class NeedsTest {

    private final Needs needs = new Needs(AppManifest.builtIn());

    @Test
    void whatMayBeLeftOutIsWhatTheManifestSays() throws IOException {
        var said = Pattern.compile("# May be left out.*\n(?: *#.*\n)* *([a-z_]+: [a-z]+)")
                .matcher(Files.readString(Path.of("app-manifest.yml")))
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(said).isNotEmpty();
        assertThat(needs.leftOut(Map.of())).containsOnlyKeys(said);
        assertThat(needs.leftOut(List.of())).containsOnlyKeys("status", "merge_group");
    }

    @Test
    void allElseIsNeededAndAHigherLevelIsEnough() {
        assertThat(needs.missing(Map.of())).containsExactly("metadata: read", "contents: write", "pull_requests: read",
                "checks: write");
        assertThat(needs.missing(Map.of("metadata", "read", "contents", "read", "pull_requests", "write", "checks",
                "admin"))).containsExactly("contents: write");
        assertThat(needs.untold(List.of("push", "repository", "check_run", "check_suite", "pull_request_review")))
                .containsExactly("pull_request");
    }
}
