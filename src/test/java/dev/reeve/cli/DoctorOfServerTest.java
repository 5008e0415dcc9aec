package dev.reeve.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.reeve.inbox.DatabaseLocation;
import dev.reeve.inbox.Inbox;
import dev.reeve.inbox.Samples;
import dev.reeve.kit.FakeApp;
import dev.reeve.kit.FakeGitHub;
import dev.reeve.kit.FakeRepository;
import dev.reeve.kit.GitRepositories;
import dev.reeve.kit.Trouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class DoctorOfServerTest {

    @TempDir
    private Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private Duration gitHubsClock = Duration.ZERO;
    private FakeGitHub gitHub;
    private FakeRepository shop;
    private GitRepositories.Remote remote;

    @BeforeEach
    void anAppIsConfiguredAndInstalled() throws IOException {
        InstantSource clock = () -> Clock.systemUTC().instant().plus(gitHubsClock);
        gitHub = FakeGitHub.start(clock);
        remote = new GitRepositories(folder).remote("shop");
        remote.commit("main").file("README.md", "# Shop\n").push("The shop");
        shop = gitHub.repository("acme/shop", remote.path());
        Files.createDirectory(folder.resolve("data"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        environment.putAll(Map.of("GITHUB_APP_ID", String.valueOf(gitHub.app().id()), "GITHUB_APP_PRIVATE_KEY",
                gitHub.app().privateKeyPem(), "GITHUB_WEBHOOK_SECRET", "hush-hush-hush-hush", "GITHUB_API_URL",
                gitHub.apiUrl().toString(), "GITHUB_SERVER_URL", folder.toUri().toString(), "REEVE_DATA_DIR",
                folder.resolve("data").toString(), "REEVE_PUBLIC_URL", "https://reeve.example.com"));
    }

    @AfterEach
    void stop() {
        gitHub.close();
        assertThat(gitHub.violations()).isEmpty();
    }

    private record Ran(int exit, String out) {}

    private Ran doctor(String... more) {
        var out = new StringWriter();
        var console = new Console(environment, folder, new PrintWriter(out), new PrintWriter(out),
                Console.Screen.OTHER);
        int exit = Main.run(Stream.concat(Stream.of("doctor", "--server"), Stream.of(more)).toList(), console);
        return new Ran(exit, out.toString());
    }

    @Test
    void aServerThatIsSetUpHasNothingWrong() {
        var ran = doctor();

        assertThat(ran.exit()).as(ran.out()).isZero();
        assertThat(ran.out()).containsPattern("ok  key +SHA256:.* is accepted")
                .contains("agrees with GitHub's", "Reeve Test asks for all that is needed",
                        "GitHub tells of pull_request, push",
                        "GitHub delivers to https://reeve.example.com/webhooks/github", "deliveries are signed",
                        "on acme it may do all that is needed, and push",
                        "GitHub has delivered nothing in the last days",
                        "acme/shop: no rule keeps completions from being pushed to main",
                        "no work was given up for a push that GitHub refused", "of 5000 requests are left",
                        "MiB are free",
                        "inbox.db is not there yet")
                .endsWith("Nothing is wrong.\n")
                .doesNotContain("hush-hush", "PRIVATE", "ghs_");
        assertThat(gitHub.writes()).isEmpty();
    }

    @Test
    void whatIsWrongAtGitHubIsSaidWithItsRemedy() {
        gitHub.app().permissions().put("contents", "read");
        gitHub.app().events().remove("push");
        gitHub.app()
                .webhook()
                .put("url", "https://old.example.com/webhooks/github")
                .put("insecure_ssl", "1")
                .remove("secret");
        gitHub.repository("acme/shop").installation().revoke("checks");

        var ran = doctor();

        assertThat(ran.exit()).isOne();
        assertThat(ran.out()).contains("the App doesn't ask for contents: write", "the App isn't told of push",
                "GitHub delivers to https://old.example.com/webhooks/github, and this server is at https://reeve.example.com/webhooks/github",
                "it has no secret", "GitHub doesn't verify this server's certificate",
                "on acme it may not checks: write",
                "→ accept the App's new permissions");
    }

    @Test
    void whatMayBeLeftOutIsAWarningThatSaysWhatIsLostAndTheRestIsLookedAt() {
        gitHub.app().permissions().remove("merge_queues");
        gitHub.app().events().removeAll(List.of("merge_group", "status"));
        shop.installation().revoke("merge_queues").revoke("statuses");
        var ran = doctor();

        assertThat(ran.exit()).as(ran.out()).isZero();
        assertThat(ran.out()).contains("Reeve Test asks for all that is needed",
                "on acme it may do all that is needed, and push", "acme/shop: no rule keeps completions",
                "the App doesn't ask for merge_queues: read, so a merge queue that asks for Reeve's check waits",
                "the App isn't told of merge_group, so", "the App isn't told of status, so check runs tell of",
                "on acme it may not statuses: read, so check runs tell of failed check runs only")
                .doesNotContain("on acme it may not merge_queues")
                .endsWith("0 errors, 4 warnings.\n");
    }

    @Test
    void aContentTypeThatIsNotUnderstoodIsSaid() {
        gitHub.app().webhook().put("content_type", "xml");
        var ran = doctor();

        assertThat(ran.exit()).isOne();
        assertThat(ran.out()).containsPattern("error  webhook +its content type is xml")
                .contains("→ set it to application/json");
    }

    @Test
    void aShortWebhookSecretIsAWarning() {
        environment.put("GITHUB_WEBHOOK_SECRET", "hush-hush-hush-hush,hush");
        assertThat(doctor().out())
                .containsPattern("warning  configuration .*secret 2 of 2 has fewer than 16 characters")
                .endsWith("0 errors, 1 warning.\n");
    }

    @Test
    void aDamagedKeyIsAFindingAndStopsNoOtherCheck() {
        environment.put("GITHUB_APP_PRIVATE_KEY", "-----BEGIN PRIVATE KEY-----\nbm9uZQ==\n-----END PRIVATE KEY-----\n");
        var ran = doctor();

        assertThat(ran.exit()).isOne();
        assertThat(ran.out()).containsPattern("ok  configuration +the server's settings are valid")
                .containsPattern("error  key +the App's private key, key 1 can't be used")
                .contains("MiB are free", "inbox.db is not there yet")
                .doesNotContain("bm9uZQ");
        assertThat(gitHub.requests()).isEmpty();
    }

    @Test
    void aSuspendedInstallationAndALimitThatIsNearlyUsedUpAreSaid() {
        gitHub.repository("acme/shop").installation().suspend(Instant.now());
        assertThat(doctor().out()).contains("on acme it is suspended").doesNotContain("requests are left");

        gitHub.repository("acme/shop").installation().resume();
        gitHub.repository("acme/shop").installation().limit(17, Clock.systemUTC().instant().plusSeconds(600));
        assertThat(doctor().out()).containsPattern("warning  rate limit +on acme 17 of 5000 requests are left");
    }

    private void configure(String reeveYml) {
        remote.commit("main").file(".reeve.yml", reeveYml).push("Configure");
    }

    @Test
    void aRulesetThatRefusesPushesIsSaidWithBothWaysOut() {
        shop.rules("main", List.of("pull_request", "required_signatures", "non_fast_forward"));
        var ran = doctor();

        assertThat(ran.exit()).as("a warning").isZero();
        assertThat(ran.out()).containsPattern(
                "warning  writing +acme/shop: by rulesets of main changes must be made through a pull request, so GitHub refuses")
                .contains("→ put the App on their bypass lists, or set reconcile.publish: pull-request")
                .doesNotContain("verified signatures");
    }

    @Test
    void aRuleThatReeveDoesNotKnowIsNotTakenForNone() {
        shop.rules("main", List.of("file_path_restriction"));
        assertThat(doctor().out())
                .containsPattern(
                        "warning  writing +acme/shop: by rulesets of main the rule file_path_restriction holds");
    }

    @Test
    void aClassicProtectionIsNotTakenForNone() {
        shop.protectClassically("main", "build");
        assertThat(doctor().out())
                .containsPattern(
                        "warning  writing +acme/shop: main has a classic protection which asks for the checks build")
                .contains("doesn't show an App what else it asks for");
    }

    @Test
    void rulesOfTheBookkeepingBranchMatterWhereItIsUsed() {
        shop.installation().grant("pull_requests", "write");
        shop.rules("reeve/bookkeeping", List.of("non_fast_forward"));
        assertThat(doctor().out()).contains("no rule keeps completions from being pushed to main");

        configure("reconcile: { publish: pull-request }\n");
        assertThat(doctor().out()).containsPattern(
                "warning  writing +acme/shop: by rulesets of reeve/bookkeeping it can't be force-pushed")
                .contains("→ take branches called reeve/** out of that rule");
    }

    @Test
    void pushesThatWereRefusedAreListedFromTheDatabase() throws SQLException {
        var folder = this.folder.resolve("data");
        Inbox.open(Samples.settings(new DatabaseLocation.Embedded(folder), Clock.systemUTC())).close();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("inbox.db"));
                var statement = connection.createStatement()) {
            for (var one : List.of("('acme/shop', 'Acme/Shop', 'task/a', 'GitHub refuses the push to main, where …')",
                    "('acme/shop', 'Acme/Shop', 'task/b', 'something else')")) {
                statement.execute(
                        "insert into work (repository_key, repository, subject, last_error, wanted, waiting_since, dead_at)"
                                + " values " + one.replace("')", "', 1, 0, 1)"));
            }
        }
        assertThat(doctor().out())
                .containsPattern("warning  pushes +Acme/Shop task/a was given up: GitHub refuses the push to main")
                .contains("reeve queue replay Acme/Shop")
                .doesNotContain("task/b");
    }

    @Test
    void aRulesetThatAsksForSignedCommitsOnlyIsInOrder() {
        shop.rules("main", List.of("required_signatures", "non_fast_forward"));
        assertThat(doctor().out()).containsPattern("ok  writing +acme/shop: .* which GitHub makes and signs")
                .endsWith("Nothing is wrong.\n");
    }

    @Test
    void whereCompletionsGoIntoAPullRequestTheAppMustBeAllowedToOpenOne() {
        shop.rules("main", List.of("pull_request"));
        configure("reconcile: { publish: pull-request }\n");
        var ran = doctor();
        assertThat(ran.exit()).isOne();
        assertThat(ran.out()).containsPattern("error  writing +acme/shop wants .* on acme lacks pull_requests: write")
                .contains("→ grant it in the App's settings");

        shop.installation().grant("pull_requests", "write");
        assertThat(doctor().out()).contains("acme/shop: completions go into a pull request").endsWith("wrong.\n");
    }

    @Test
    void whatTheTeamHasConfiguredOtherwiseOrWronglyIsSaid() {
        configure("reconcile: { publish: none }\n");
        assertThat(doctor().out()).contains("acme/shop: the server writes nothing");

        configure("reconcile: { publish: everywhere }\n");
        var ran = doctor();
        assertThat(ran.exit()).isOne();
        assertThat(ran.out()).containsPattern("error  writing +acme/shop has a broken .reeve.yml.*everywhere");

        configure("reconcile: { publish: worktree }\n");
        assertThat(doctor().out()).contains("acme/shop: no rule keeps completions from being pushed");
    }

    @Test
    void anArchivedRepositoryIsNamedAndNotAskedFurther() {
        shop.archive();
        assertThat(doctor().out()).containsPattern("info  writing +acme/shop is archived");
        assertThat(gitHub.count("GET /repos/acme/shop/.*")).isZero();
    }

    @Test
    void oneRepositoryThatCannotBeLookedAtStopsNoOther() {
        gitHub.repository("acme/tools", new GitRepositories(folder).remote("tools").path());
        gitHub.next("GET /repos/acme/shop/contents/.*",
                Trouble.body(200, "{\"type\": \"symlink\", \"target\": \"/etc/passwd\"}"));
        assertThat(doctor().out()).containsPattern("error  writing +could not be looked at: .*contents/.reeve.yml")
                .contains("acme/tools: no rule");
    }

    @Test
    void ofManyRepositoriesTheFirstAreLookedAtAndThatIsSaid() {
        for (int i = 0; i < 20; i++) {
            gitHub.repository("acme/more" + i, remote.path());
        }
        assertThat(doctor().out()).contains("only the first 20 were looked at");
        assertThat(gitHub.count("GET /repos/acme/[^/]+/contents/.reeve.yml")).isEqualTo(20);
    }

    @Test
    void deliveriesThatFailedAreCountedWithTheNewestReason() {
        var event = shop.repositoryEvent("edited");
        gitHub.deliveries().add(event, 202);
        assertThat(doctor().out()).containsPattern("ok  deliveries +the last one arrived");

        var other = shop.repositoryEvent("edited");
        gitHub.deliveries().add(other, 502).add(other, 502);
        assertThat(doctor().out()).containsPattern(
                "warning  deliveries +2 of the last 3 failed, the newest \\(repository\\) at .*: failed to connect to host");

        gitHub.deliveries().add(other, 202);
        assertThat(doctor().out()).containsPattern(
                "info  deliveries +2 of the last 4 failed.*each arrived with another attempt");
    }

    @Test
    void aKeyThatGitHubRefusesIsNamedByItsFingerprint() {
        var other = FakeApp.newKey();
        environment.put("GITHUB_APP_PRIVATE_KEY",
                gitHub.app().privateKeyPem() + FakeApp.pem("PRIVATE KEY", other.getPrivate().getEncoded()));
        assertThat(doctor().out()).containsPattern("ok  key +SHA256:")
                .containsPattern("warning  key +SHA256:.* is not accepted");

        gitHub.app().keys();
        var ran = doctor();
        assertThat(ran.exit()).isOne();
        assertThat(ran.out())
                .containsPattern("error  key +SHA256:.* is not accepted: A JSON web token could not be decoded")
                .contains("were not looked at: that takes a key", "agrees with GitHub's")
                .doesNotContain("look at the network");
    }

    @Test
    void aClockThatIsOffIsSaid() {
        gitHubsClock = Duration.ofMinutes(5);
        assertThat(doctor().out()).containsPattern("warning  clock +is (29|30)[0-9] s behind GitHub's");

        gitHub.app().keys();
        assertThat(doctor().out()).as("it may be why")
                .containsPattern("error  key ")
                .containsPattern("warning  clock +is (29|30)[0-9] s behind GitHub's");
    }

    @Test
    void withoutAnAppItSaysHowToGetOne() {
        environment.keySet().removeIf(name -> name.startsWith("GITHUB_APP") || name.startsWith("GITHUB_WEBHOOK"));
        var ran = doctor();

        assertThat(ran.exit()).isOne();
        assertThat(ran.out()).contains("no App is configured", "open /setup", "MiB are free",
                "inbox.db is not there yet");
        assertThat(gitHub.requests()).isEmpty();
    }

    @Test
    void wrongSettingsAreAllThatIsSaid() {
        environment.put("PORT", "many");
        assertThat(doctor()).satisfies(ran -> {
            assertThat(ran.exit()).isOne();
            assertThat(ran.out()).contains("PORT: \"many\" is not");
        });
        assertThat(gitHub.requests()).isEmpty();
    }

    @Test
    void aGitHubThatCannotBeReachedStopsNoOtherCheck() {
        environment.put("GITHUB_API_URL", "http://127.0.0.1:1/api/v3");
        var ran = doctor("--format", "json");

        assertThat(ran.exit()).isOne();
        assertThat(ran.out()).contains("GitHub did not answer GET /app", "MiB are free");
    }

    @Test
    void whatIsWrongWithFolderAndDatabaseIsSaid() throws IOException {
        Files.setPosixFilePermissions(folder.resolve("data"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(folder.resolve("data/inbox.db"), "this is no database at all, not even a small one");
        assertThat(doctor().out()).contains("every user of this machine can look into")
                .containsPattern("error  database .*inbox.db can't be used");

        environment.put("REEVE_DATABASE_URL", "postgresql://reeve:hunter2@127.0.0.1:1/reeve");
        assertThat(doctor().out()).contains("postgresql://127.0.0.1:1 can't be used").doesNotContain("hunter2");
    }

    @Test
    void aProgramReadsItAsJson() throws IOException {
        var json = JsonMapper.builder().build().readTree(doctor("--format", "json").out());

        assertThat(json.path("ok").asBoolean()).isTrue();
        assertThat(json.path("findings").findValuesAsText("check")).containsSubsequence(
                List.of("java", "git", "configuration", "key", "clock", "permissions", "events", "webhook",
                        "deliveries", "installation", "rate limit", "writing", "data folder", "database"));
    }
}
