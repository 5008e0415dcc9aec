package dev.reeve.app;

import dev.reeve.model.Redaction;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GitHubTokenTest {

    @Test
    void whatGitHubsProgramPrintedIsShownNowhere() {
        var token = "printed-by-gh-and-of-no-known-form";

        assertThat(GitHubToken.hidden(token)).isEqualTo(token);
        assertThat(Redaction.of("asked with " + token)).isEqualTo("asked with ***");
    }
}
