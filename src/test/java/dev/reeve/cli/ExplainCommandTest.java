package dev.reeve.cli;

import dev.reeve.kit.JsonSchema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import static dev.reeve.cli.Operator.task;
import static org.assertj.core.api.Assertions.assertThat;

/** How {@code reeve explain} says why a task is where it is. */
class ExplainCommandTest {

    private static final Path SCHEMA = Path.of("docs/explain.schema.json");

    @TempDir
    private Path folder;
    private Operator operator;

    @BeforeEach
    void sitDown() {
        operator = new Operator(folder, Instant.now());
    }

    @AfterEach
    void leave() {
        var violations = operator.gitHub().violations();
        operator.close();
        assertThat(violations).isEmpty();
    }

    private static String plain(String text) {
        return text.replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME").replaceAll("\\d+ (s|min)( ago)?", "N s$2");
    }

    @Test
    void whereItIsWhatIsKnownWhichRuleDecidedAndWhetherAWorkerCouldBeStarted() {
        operator.publish("tasks/add-search.md", task("completed"));
        operator.publish("tasks/fix-login.md",
                task("ready", "depends_on: [add-search]", "priority: p0", "milestone: m1") + "## QA\n- [ ] Tried\n");

        var ran = operator.run("explain", "fix-login");

        assertThat(ran.exit()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(plain(ran.out()).lines()).containsSubsequence(
                "fix-login ready: it could be dispatched for N s",
                "",
                "Task",
                "  file        tasks/fix-login.md",
                "  title       Fix the login",
                "  status      ready",
                "  priority    p0",
                "  milestone   m1",
                "  owner       dave: in the queue of dave",
                "  depends on  add-search (completed)",
                "  branch      task/fix-login",
                "",
                "Run",
                "",
                "Pull request",
                "  pull request  none",
                "",
                "Rules, the first that holds decides",
                "  no   elsewhere        it is in another person's queue",
                "  no   done             it is completed or cancelled",
                "  no   needs_attention  it has a signal of severity attention, or a faulty file",
                "  yes  ready            it could be dispatched",
                "  -    backlog          it is planned",
                "",
                "Dispatch",
                "  a worker may be started, since TIME");
    }

    @Test
    void everySignalComesWithWhatCanBeDone() {
        operator.publish("tasks/fix-login.md", task("in_progress"));
        operator.register("dave", "fix-login", operator.worktree("fix-login"));
        operator.dispatched("fix-login",
                "{\"run_id\":\"r1\",\"state\":\"exited\",\"exit_code\":3,\"updated_at\":\"%s\"}"
                        .formatted(Instant.now()));

        var ran = operator.run("explain", "fix-login");

        assertThat(ran.lines().getFirst()).startsWith("fix-login needs_attention: dispatch_failed: ");
        assertThat(ran.out()).contains("exit code 3", "registered worktree", "commits ahead");
        var signals = ran.lines().subList(ran.lines().indexOf("Signals") + 1, ran.lines().size());
        assertThat(signals).hasSizeGreaterThan(2);
        for (int i = 0; i < signals.size(); i += 2) {
            assertThat(signals.get(i)).matches("  [a-z_]+  .+");
            assertThat(signals.get(i + 1)).matches("    -> .+");
        }
    }

    @Test
    void jsonFitsItsSchemaWhateverTheTask() {
        operator.publish("tasks/odd.md", task("nonsense"));
        operator.publish("tasks/over.md", task("completed"));
        operator.publish("tasks/by-hand.md", task("in_progress"));
        operator.register("dave", "fix-login", operator.worktree("fix-login"));
        operator.pull(12, "fix-login").review("rj", "CHANGES_REQUESTED");

        for (var slug : List.of("odd", "over", "by-hand", "fix-login")) {
            var ran = operator.run("explain", slug, "--format", "json");
            assertThat(JsonSchema.faults(SCHEMA, ran.out())).as(slug).isEmpty();
            assertThat(Seen.in(ran.out()).text("slug")).isEqualTo(slug);
        }
        assertThat(JsonSchema.faults(SCHEMA,
                operator.run("explain", "odd", "--format", "json").out().replace("\"verdict\"", "\"verdickt\"")))
                .isNotEmpty();
    }

    @Test
    void aSlugThatIsNoTaskIsRefusedWithWhatWasMeant() {
        assertThat(operator.run("explain", "fix-logn"))
                .isEqualTo(new Terminal.Ran(2, "", "reeve: there is no task fix-logn: did you mean fix-login?\n"));
        assertThat(operator.run("explain", "quite-something-else").err())
                .isEqualTo("reeve: there is no task quite-something-else in this checkout\n");
        assertThat(operator.run("explain", "../etc").exit()).isEqualTo(2);
        assertThat(operator.run("explain").exit()).isEqualTo(2);
    }

    @Test
    void itLooksAnewAndChangesNothing() {
        operator.register("dave", "gone", Path.of("/nowhere"));
        operator.beat();
        operator.register("dave", "gone", Path.of("/nowhere"));
        operator.write("tasks/later.md", task("blocked"));
        var before = operator.everything();

        assertThat(operator.run("explain", "later").out()).startsWith("later waiting: its status is blocked");

        assertThat(operator.everything()).isEqualTo(before);
    }

    @Test
    void anothersTaskIsExplainedAsThat() {
        operator.publish(".reeve.yml", "owners: {dave: {}, rj: {}}\n");

        assertThat(operator.run("explain", "fix-login", "--owner", "rj").lines().getFirst())
                .isEqualTo("fix-login elsewhere: it is in the queue of dave");
    }

    @Test
    void onlyThatTasksPullRequestIsAskedFor() {
        operator.publish("tasks/other.md", task("ready"));
        operator.pull(12, "fix-login");
        operator.pull(13, "other");

        assertThat(operator.run("explain", "fix-login").out()).contains("#12, open", "fix-login waiting: ");

        assertThat(operator.gitHub().count(".*/12/.*")).isPositive();
        assertThat(operator.gitHub().count(".*/13(/.*)?")).isZero();
    }

    @Test
    void whatOthersWroteDoesNoHarmToATerminal() {
        operator.publish("tasks/fix-login.md",
                "---\ntitle: \"a\\e[2Jb\\nInjected\"\nowner: \"\\e]0;x\\a\"\nstatus: ready\n---\n");

        var ran = operator.run("explain", "fix-login");

        assertThat(ran.out()).doesNotContain("\u001b", "\u0007").contains("invalid_frontmatter");
        assertThat(ran.lines()).noneMatch(line -> line.startsWith("Injected"));
        assertThat(operator.asScreen().run("explain", "fix-login").out())
                .contains("\u001b[33minvalid_frontmatter\u001b[0m")
                .doesNotContain("\u001b[2J", "\u001b]");
    }

    @Test
    void withoutGitHubEverythingElseIsExplained() {
        operator.without("GITHUB_TOKEN").with("PATH", "/nowhere");

        var ran = operator.run("explain", "fix-login");

        assertThat(ran.exit()).isZero();
        assertThat(ran.err()).contains("there is no token").hasLineCount(1);
        assertThat(ran.out()).contains("fix-login ready", "pull request  unknown: ");
    }
}
