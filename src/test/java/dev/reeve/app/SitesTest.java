package dev.reeve.app;

import dev.reeve.config.Inputs;
import dev.reeve.config.ServerConfiguration;
import dev.reeve.github.Endpoint;
import dev.reeve.github.GitHubApp;
import dev.reeve.inbox.Checkpoint;
import dev.reeve.kit.FakeApp;
import dev.reeve.kit.SettableClock;
import dev.reeve.model.Proxies;
import dev.reeve.model.RepositoryName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** Repositories as they are opened. */
class SitesTest {

    @TempDir
    private Path folder;

    /** Check runs then link to GitHub, where the file is; an address of the server's own would lead nowhere. */
    @Test
    void noPagesOfTasksArePromisedWhereTheServerShowsNone() {
        var clock = SettableClock.atNoon();
        var environment = Map.of("GITHUB_APP_ID", "4711", "GITHUB_APP_PRIVATE_KEY",
                FakeApp.pem("PRIVATE KEY", FakeApp.newKey().getPrivate().getEncoded()), "GITHUB_WEBHOOK_SECRET",
                "a-long-secret", "REEVE_DATA_DIR", folder.toString(), "REEVE_PUBLIC_URL", "https://reeve.example.com");
        var configuration = Configurations
                .valid(ServerConfiguration.read(new Inputs(Map.of(), environment, folder, Optional.empty())));
        try (var gitHub = new GitHubApp(Endpoint.of(URI.create("http://127.0.0.1:1"), Proxies.none()),
                Secrets.identity(Secrets.app(configuration)), clock);
                var sites = new Sites(configuration, gitHub,
                        new Machine(clock, () -> Long.MIN_VALUE, Checkpoint.NONE))) {
            assertThat(sites.of(new RepositoryName("acme", "shop")).pages()).isEmpty();
        }
    }
}
