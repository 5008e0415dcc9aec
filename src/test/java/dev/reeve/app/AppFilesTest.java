package dev.reeve.app;

import dev.reeve.config.Configured;
import dev.reeve.config.GitHubAddresses;
import dev.reeve.config.Inputs;
import dev.reeve.config.ServerConfiguration;
import dev.reeve.config.ServerConfiguration.App;
import dev.reeve.durable.Checkpoint;
import dev.reeve.github.NewApp;
import dev.reeve.kit.FakeApp;
import dev.reeve.model.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AppFilesTest {

    private static final GitHubAddresses PLACE = new GitHubAddresses(URI.create("https://api.github.com"),
            URI.create("https://github.com"));
    private static final List<String> KEYS = List.of(key(), key());

    @TempDir
    private Path data;

    private static String key() {
        return FakeApp.pem("PRIVATE KEY", FakeApp.newKey().getPrivate().getEncoded());
    }

    /** The process dies here. */
    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    private void save(int which, Checkpoint checkpoint) throws IOException {
        var app = new NewApp(which + 1, "Iv23li" + which, "reeve", "Reeve", URI.create("https://github.com/apps/reeve"),
                new Secret(KEYS.get(which)), Optional.empty());
        AppFiles.in(data, checkpoint).save(app, PLACE, URI.create("https://reeve.example.com"), secret(which));
    }

    private static String secret(int which) {
        return "the-webhook-secret-of-app-" + which;
    }

    /** Which App the next start finds, which has to be a whole one; -1 when it finds none. */
    private int found() {
        var read = ServerConfiguration
                .read(new Inputs(Map.of(), Map.of("REEVE_DATA_DIR", data.toString()), data, Optional.empty()));
        assertThat(read).as(read.toString()).isInstanceOf(Configured.Valid.class);
        return Configurations.valid(read).app().map(AppFilesTest::number).orElse(-1);
    }

    private static int number(App app) {
        int which = Integer.parseInt(app.issuer().substring("Iv23li".length()));
        assertThat(app.privateKeys()).containsExactly(new Secret(KEYS.get(which)));
        assertThat(app.webhookSecrets()).containsExactly(new Secret(secret(which)));
        assertThat(Secrets.identity(app).keys()).hasSize(1);
        return which;
    }

    @Test
    void whateverItIsStoppedAtTheNextStartFindsNoAppOrAWholeOne() throws IOException {
        var steps = new ArrayList<String>();
        save(0, _ -> {});
        assertThat(found()).isZero();
        save(1, steps::add);
        assertThat(found()).isEqualTo(1);
        assertThat(steps).contains("deleted app.yml", "replaced private-key.pem", "replaced webhook-secret")
                .endsWith("replaced app.yml");

        for (int last = 0; last < steps.size(); last++) {
            save(0, _ -> {});
            var seen = new ArrayList<String>();
            int stop = last;
            assertThatThrownBy(() -> save(1, step -> {
                seen.add(step);
                if (seen.size() > stop) {
                    throw new Crash();
                }
            })).isInstanceOf(Crash.class);

            assertThat(found()).as("after " + seen.getLast()).isIn(0, -1, 1);
            save(1, _ -> {});
            assertThat(found()).as("again after " + seen.getLast()).isEqualTo(1);
        }
    }
}
