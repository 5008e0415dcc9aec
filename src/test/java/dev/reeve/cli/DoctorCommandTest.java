package dev.reeve.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class DoctorCommandTest {

    @TempDir
    private Path folder;
    private Operator operator;

    @BeforeEach
    void sitDown() {
        operator = new Operator(folder, Instant.parse("2026-03-27T10:11:12Z"));
        operator.write(".reeve.yml", "owners: { dave: { aliases: [dave.fowler] } }\n");
    }

    @AfterEach
    void leave() {
        operator.close();
    }

    private Terminal.Ran doctor(String... more) {
        return operator.run(Stream.concat(Stream.of("doctor"), Stream.of(more)).toArray(String[]::new));
    }

    @Test
    void aRepositoryThatIsSetUpHasNothingWrong() {
        operator.run("init");
        operator.register("dave", "fix-login", operator.worktree("fix-login"));

        var ran = doctor();

        assertThat(ran.exit()).as(ran.out()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).containsPattern("ok  java +Java 2[5-9]")
                .containsPattern("ok  git +git 2\\.[0-9]+\n")
                .contains(".reeve.yml is valid", "the queue here is that of dave (by TASK_MANAGER_OWNER)",
                        "tasks/ is there",
                        "git ignores the runtime files", "1 linked, each in its place", "dave: 1 entry",
                        "GitHub takes it and shows it acme/shop (it is ", "no heartbeat has run here yet")
                .doesNotContain("error  ", "ghp_dave");
    }

    @Test
    void whatIsMissingIsSaidWithItsRemedy() throws IOException {
        operator.git("rm", "--quiet", "-r", "tasks", ".gitignore");
        operator.without("GITHUB_TOKEN").with("PATH", "");
        Files.deleteIfExists(operator.checkout().resolve(".reeve.yml"));

        var ran = doctor();

        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("there is no .reeve.yml: the defaults hold", "→ reeve init makes one",
                "there is no folder tasks/", "Reeve's part is missing in .git/hooks/post-merge, ",
                "→ reeve hooks install",
                "git doesn't ignore .tasks, tasks/logs", "no owners are configured");
    }

    @Test
    void withoutATokenThatIsAWarning() {
        assertThat(operator.without("GITHUB_TOKEN").without("PATH").git("status")).isNotEmpty();
        assertThat(doctor().out()).containsPattern("warning  token +there is none").contains("gh auth login");
    }

    @Test
    void aTokenThatGitHubRefusesIsAnErrorAndIsNotShown() {
        operator.with("GITHUB_TOKEN", "ghp_revoked");
        var ran = doctor();
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out()).containsPattern("error  token +").doesNotContain("ghp_revoked");
    }

    @Test
    void aGitHubThatIsAwayIsAWarning() {
        operator.with("GITHUB_API_URL", "http://127.0.0.1:1");
        var ran = doctor();
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).containsPattern("warning  token +").contains("was not compared");
    }

    @Test
    void askingNothingIsNoFault() {
        assertThat(doctorWithoutGitHub().out()).contains("asking GitHub is switched off");
        assertThat(operator.gitHub().requests()).isEmpty();
    }

    private Terminal.Ran doctorWithoutGitHub() {
        operator.with("TASK_MANAGER_PR_CI_CHECK", "0");
        return doctor();
    }

    @Test
    void everyFaultOfTheConfigurationIsAnErrorAndTheRestIsLookedAtAllTheSame() {
        operator.write(".reeve.yml", "tsks: x\nheartbeat: { idle: long }\n");
        operator.with("TASK_MANAGER_DISPATCH_TIMEOUT_SECONDS", "soon");

        var ran = doctor();

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out()).contains(".reeve.yml:1:1: tsks", ".reeve.yml:2:20: heartbeat.idle",
                "TASK_MANAGER_DISPATCH_TIMEOUT_SECONDS: ", "was not tried, as the configuration is wrong",
                "3 errors, ");
    }

    @Test
    void aTeamFileThatIsAFolderIsAnError() throws IOException {
        Files.delete(operator.checkout().resolve(".reeve.yml"));
        operator.write(".reeve.yml/x", "");
        assertThat(doctor().out()).contains(".reeve.yml", "is not a file");
    }

    @Test
    void anOwnerWhomTheTeamDoesNotKnowIsAWarning() {
        operator.with("TASK_MANAGER_OWNER", "erin");
        assertThat(doctorWithoutGitHub().out())
                .contains("is that of erin (by TASK_MANAGER_OWNER), who is not among the owners");
    }

    @Test
    void stateFilesAreReadAndNothingIsChanged() throws IOException {
        operator.state("task-manager-dave.register.json", "{\"entries\": ");
        operator.state("task-manager-Dave.Fowler.register.json", "{}");
        operator.state("task-manager-erin.register.json", "{\"schema\": 99}");
        operator.state("task-manager-rj.register.json.corrupt-20260327T101112Z", "x\u001b[2J");
        operator.state("task-manager-dave.snapshot.json", "{}");
        operator.dispatched("fix-login", "{");
        operator.dispatched("alive", "{\"pid\": " + ProcessHandle.current().pid() + "}");
        Files.setPosixFilePermissions(operator.checkout().resolve(".tasks/task_manager"),
                PosixFilePermissions.fromString("rwxrwxrwx"));
        var before = operator.everything();

        var ran = doctorWithoutGitHub();

        assertThat(operator.everything()).isEqualTo(before);
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out()).contains("every user of this machine may change .tasks/task_manager",
                "task-manager-rj.register.json.corrupt-20260327T101112Z", "task-manager-dave.register.json:1:13",
                "reeve reconcile sets it aside", "the register of \"Dave.Fowler\" is dave's under another spelling",
                "tasks/logs/dispatch-fix-login.status.json", "2 tasks have dispatch files, 1 of them a live worker",
                "dave's is of 20")
                .containsPattern("error  registers +.*erin")
                .doesNotContain("\u001b");
    }

    @Test
    void worktreesThatAreGoneAndTrackedStateAreWarnings() throws IOException {
        var worktree = operator.worktree("fix-login");
        var locked = operator.worktree("locked");
        operator.git("worktree", "lock", locked.toString());
        for (var path : List.of(worktree, locked)) {
            Files.move(path, path.resolveSibling("moved-" + path.getFileName()));
        }
        operator.write(".tasks/x.json", "{}");
        operator.git("add", "--force", ".tasks/x.json");

        assertThat(doctorWithoutGitHub().out()).containsPattern("warning  worktrees +.*fix-login is gone")
                .contains("git worktree prune", "it is locked", "runtime files are tracked: .tasks/x.json",
                        "git rm -r --cached --ignore-unmatch -- .tasks tasks/logs, and");
    }

    /** Somebody copies it into a shell, and anybody may have committed the file or named the folder. */
    @Test
    void aRemedyHoldsNoCommandThatARepositoryMadeUp() {
        operator.write(".reeve.yml", "tasks: \"to do; touch x\"\n");
        operator.write(".tasks/$(touch y)", "{}\n");
        operator.git("add", "--force", ".tasks/$(touch y)");

        assertThat(doctorWithoutGitHub().out().lines().filter(line -> line.contains("→ git rm")))
                .singleElement()
                .asString()
                .doesNotContain("$")
                .endsWith("→ git rm -r --cached --ignore-unmatch -- .tasks 'to do; touch x/logs', and commit that");
    }

    @Test
    void anOldHookIsAWarning() {
        operator.run("hooks", "install");
        operator.write(".reeve.yml", "default_branch: trunk\n");
        assertThat(doctorWithoutGitHub().out()).contains(
                ".git/hooks/post-checkout: not as this version and configuration want it",
                "post-merge, .git/hooks/post-rewrite: whatever reeve is on the PATH is run");
    }

    @Test
    void outsideOfARepositoryItSaysWhatItCouldNotLookAt() throws IOException {
        var outside = Files.createDirectory(folder.resolve("outside"));
        var ran = operator.runIn(outside, List.of("doctor"));
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("is in no checkout of a git repository", "were not looked at", "-C PATH");

        Files.createDirectories(outside.resolve(".git"));
        assertThat(operator.runIn(outside, List.of("doctor"))).satisfies(broken -> {
            assertThat(broken.exit()).isEqualTo(1);
            assertThat(broken.out()).containsPattern("error  repository +git can't use it");
        });
    }

    @Test
    void jsonSaysTheSame() throws IOException {
        var json = new ObjectMapper().readTree(doctor("--format", "json").out());
        assertThat(json.at("/ok").asBoolean()).isTrue();
        assertThat(json.at("/findings/0/check").asText()).isEqualTo("java");
        assertThat(json.at("/findings/0/level").asText()).isEqualTo("ok");
        assertThat(json.at("/findings"))
                .anyMatch(finding -> finding.get("remedy").asText().equals("reeve hooks install"));
    }
}
