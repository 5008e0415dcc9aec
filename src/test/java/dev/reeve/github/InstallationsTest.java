package dev.reeve.github;

import dev.reeve.github.GitHubFailure.Kind;
import dev.reeve.kit.Trouble;
import dev.reeve.model.RepositoryName;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class InstallationsTest extends GitHubTestCase {

    private static final RepositoryName SHOP = new RepositoryName("acme", "shop");

    private Installations installations() {
        return app.installations();
    }

    @Test
    void installationsAreListedWithTheirCondition() {
        github.repository("globex/site", remote.folder()).installation().suspend(clock.instant());
        assertThat(installations().all()).containsExactly(
                new InstallationInfo(5000, InstallationInfo.Condition.ACTIVE),
                new InstallationInfo(5001, InstallationInfo.Condition.SUSPENDED));
    }

    @Test
    void allPagesOfAnInstallationAreReadWithATokenThatReadsNames() {
        IntStream.range(0, 240).forEach(i -> github.repository("acme/r" + i, remote.folder()));
        assertThat(installations().repositories(5000)).hasSize(241)
                .contains(new RepositoryInfo(shop.id(), SHOP, RepositoryInfo.Condition.ACTIVE));
        assertThat(github.count("GET /installation/repositories")).isEqualTo(3);
        assertThat(github.tokensIssued()).singleElement().satisfies(token -> {
            assertThat(token.repositories()).isEmpty();
            assertThat(token.permissions()).isEqualTo(Map.of("metadata", "read"));
        });
    }

    @Test
    void whatIsUnchangedCostsNothingForEachInstallation() {
        var _ = github.repository("globex/site", remote.folder());
        for (int round = 0; round < 2; round++) {
            github.forgetRequests();
            assertThat(installations().repositories(5000)).extracting(RepositoryInfo::name).containsExactly(SHOP);
            assertThat(installations().repositories(5001)).extracting(RepositoryInfo::name)
                    .containsExactly(new RepositoryName("globex", "site"));
        }
        assertThat(github.requests()).hasSize(2).allMatch(one -> one.status() == 304);
    }

    @Test
    void aRepositoryIsFoundWhereItIsNow() {
        assertThat(installations().find(SHOP)).isEqualTo(new Whereabouts.Here(
                new RepositoryInfo(shop.id(), SHOP, RepositoryInfo.Condition.ACTIVE),
                new InstallationInfo(5000, InstallationInfo.Condition.ACTIVE)));
        github.rename("acme/shop", "globex/store");
        assertThat(installations().find(SHOP)).isEqualTo(new Whereabouts.Here(
                new RepositoryInfo(shop.id(), new RepositoryName("globex", "store"), RepositoryInfo.Condition.ACTIVE),
                new InstallationInfo(5001, InstallationInfo.Condition.ACTIVE)));
        shop.archive();
        assertThat(installations().find(shop.name())).extracting("repository.condition")
                .isEqualTo(RepositoryInfo.Condition.ARCHIVED);
    }

    @Test
    void aRepositoryIsGoneWhenTheAppIsNotInstalledOrItIsNotThere() {
        shop.uninstall();
        assertThat(installations().find(SHOP)).isEqualTo(new Whereabouts.Gone());
        assertThat(installations().find(new RepositoryName("no", "where"))).isEqualTo(new Whereabouts.Gone());
        assertThat(installations().find(5000L)).isEmpty();
    }

    @Test
    void ofASuspendedInstallationNothingIsAskedFurther() {
        shop.installation().suspend(clock.instant());
        assertThat(installations().find(SHOP))
                .isEqualTo(new Whereabouts.Unknown(new InstallationInfo(5000, InstallationInfo.Condition.SUSPENDED)));
        assertThat(lines()).containsExactly("GET /repos/acme/shop/installation");
    }

    @Test
    void aTokenThatIsNotGoodAnyMoreIsRenewed() {
        assertThat(installations().repositories(5000)).hasSize(1);
        github.revokeTokens();
        assertThat(installations().repositories(5000)).hasSize(1);
        clock.advance(Duration.ofHours(2));
        assertThat(installations().repositories(5000)).hasSize(1);
        assertThat(github.tokensIssued()).hasSize(3);
    }

    @Test
    void aLimitOfAnInstallationIsKeptToAndSharedWithItsRepositories() {
        assertThat(installations().repositories(5000)).hasSize(1);
        github.next("GET /installation/repositories", Trouble.secondaryLimit(Duration.ofMinutes(3)));
        assertFails(() -> installations().repositories(5000), "rate limit").isInstanceOf(Kind.RateLimited.class);
        github.forgetRequests();
        assertFails(() -> client.pullRequest(1), "rate limit").isInstanceOf(Kind.RateLimited.class);
        assertThat(github.count("GET /repos/acme/shop/pulls.*")).isZero();
    }

    @Test
    void aListThatIsNoneIsMalformed() {
        github.next("GET /installation/repositories",
                Trouble.body(200, "{\"repositories\":[{\"id\":1,\"full_name\":\"../x\"}]}"));
        assertFails(() -> installations().repositories(5000), "full_name").isEqualTo(new Kind.Malformed());
    }
}
