package dev.reeve.github;

import dev.reeve.github.GitHubFailure.Kind;
import dev.reeve.github.TokenReport.Rights;
import dev.reeve.kit.Trouble;
import dev.reeve.model.RepositoryName;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class TokenReportTest extends GitHubTestCase {

    private TokenReport report(String token) {
        return report(token, shop.name());
    }

    private TokenReport report(String token, RepositoryName repository) {
        try (var access = new TokenAccess(endpoint(), token, clock)) {
            return access.report(repository);
        }
    }

    @Test
    void aClassicTokenSaysWhoseItIsAndWhatItIsGoodFor() {
        github.personalToken("ghp_x");

        assertThat(report("ghp_x")).isEqualTo(new TokenReport(Optional.of("davefowler"),
                Optional.of(List.of("repo", "read:org")), Rights.WRITE, Optional.of(clock.instant()),
                Optional.of(4321L), Optional.of(clock.instant().plusSeconds(600))));
        assertThat(lines()).containsExactly("GET /user", "GET /repos/acme/shop");
    }

    @Test
    void aFineGrainedTokenHasNoScopesAndARepositoryMayBeReadOnly() {
        github.personalToken("github_pat_x", Set.of("checks"));
        shop.readOnly();

        assertThat(report("github_pat_x").scopes()).isEmpty();
        assertThat(report("github_pat_x").rights()).isEqualTo(Rights.READ);
    }

    @Test
    void theTokenOfAnAppIsNobodys() {
        var token = client.gitCredentials().get();

        assertThat(report(token).login()).isEmpty();
        assertThat(report(token).rights()).isEqualTo(Rights.WRITE);
    }

    @Test
    void aRepositoryThatIsNotShownGivesNoRights() {
        github.personalToken("ghp_x");

        var report = report("ghp_x", new RepositoryName("acme", "secret"));

        assertThat(report.rights()).isEqualTo(Rights.NONE);
        assertThat(report.login()).contains("davefowler");
        assertThat(report.githubTime()).contains(clock.instant());
    }

    @Test
    void aRefusedTokenAndALimitAreFailures() {
        assertFails(() -> report("ghp_gone"), "Bad credentials").isEqualTo(new Kind.Denied(null));

        github.personalToken("ghp_x").next("GET /repos/acme/shop", Trouble.secondaryLimit(Duration.ofSeconds(30)));
        assertFails(() -> report("ghp_x")).isEqualTo(new Kind.RateLimited(clock.instant().plusSeconds(30)));
    }

    @Test
    void whatIsNoLoginIsNotShown() {
        github.personalToken("ghp_x").next("GET /user", Trouble.body(200, "{\"login\":\"\\u001b[31mroot\"}"));

        assertThat(report("ghp_x").login()).isEmpty();
    }
}
