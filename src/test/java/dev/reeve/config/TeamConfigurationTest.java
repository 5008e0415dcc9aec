package dev.reeve.config;

import dev.reeve.model.BranchName;
import dev.reeve.model.Finding;
import dev.reeve.model.OwnerKey;
import dev.reeve.model.Owners;
import dev.reeve.model.Pass;
import dev.reeve.model.Publish;
import dev.reeve.model.TaskPath;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class TeamConfigurationTest {

    private static Configured<TeamConfiguration> read(String yaml) {
        return TeamConfiguration.read(".reeve.yml", yaml.getBytes(UTF_8));
    }

    private static TeamConfiguration valid(String yaml) {
        return Expect.valid(read(yaml));
    }

    private static List<String> faults(String yaml) {
        return Expect.faults(read(yaml));
    }

    @Test
    void aRepositoryWithoutTheFileHasTheDefaults() {
        var team = TeamConfiguration.builtIn();

        assertThat(team.tasks()).isEqualTo(new TaskPath("tasks"));
        assertThat(team.defaultBranch()).isEmpty();
        assertThat(team.server()).isEmpty();
        assertThat(team.heartbeat())
                .isEqualTo(new TeamConfiguration.Heartbeat(Duration.ofMinutes(3), Duration.ofHours(1),
                        Duration.ofMinutes(30), Duration.ofMinutes(15), Set.of()));
        assertThat(team.dispatch()).isEqualTo(new TeamConfiguration.Dispatch(1, 4, 6, Duration.ofSeconds(45),
                Duration.ofMinutes(5), 3, Duration.ofHours(2)));
        assertThat(team.worker().command()).containsExactly("claude", "-p");
        assertThat(team.worker().env()).isEmpty();
        assertThat(team.reconcile().worktreeRetention()).isEqualTo(Duration.ofHours(24));
        assertThat(team.checks()).isEqualTo(new TeamConfiguration.Checks("reeve", false,
                Set.of(Finding.INVALID_TASK_FILE, Finding.INVALID_CONFIGURATION)));
        assertThat(team.owners().route("dave")).isInstanceOf(Owners.Routing.Unroutable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "---\n", "\uFEFF", "{}", "heartbeat:\nserver:\nowners:\n"})
    void aFileThatSaysNothingIsTheDefaults(String yaml) {
        assertThat(valid(yaml).tasks()).isEqualTo(new TaskPath("tasks"));
    }

    @Test
    void everyKeyIsRead() {
        var team = valid(
                """
                        tasks: work/tasks/
                        default_branch: trunk
                        owners:
                          dave: { aliases: [dave.fowler], github: [davefowler] }
                        roles: { sr-engineer-architect: dave }
                        heartbeat: { interval: 90s, off: [pr_attention] }
                        dispatch: { max_per_cycle: 2, max_run_time: 30m }
                        worker: { command: [codex, exec], prompt: argument, template: .reeve/prompt.md, env: [A_KEY], prepare: [[npm, ci]], copy: [.env], usage_limit: [^enough], usage_limit_pause: 10m }
                        reconcile: { publish: pull-request, worktree_retention: 0s }
                        server: https://reeve.example.com/
                        checks: { name: no, require_task: true, fail_on: [no-task, open-boxes] }
                        """);

        assertThat(team.tasks()).isEqualTo(new TaskPath("work/tasks"));
        assertThat(team.defaultBranch()).contains(new BranchName("trunk"));
        assertThat(team.owners().route("sr-engineer-architect"))
                .isEqualTo(new Owners.Routing.Routed(new OwnerKey("dave")));
        assertThat(team.heartbeat().interval()).isEqualTo(Duration.ofSeconds(90));
        assertThat(team.heartbeat().off()).containsExactly(Pass.PR_ATTENTION);
        assertThat(team.dispatch().maxPerCycle()).isEqualTo(2);
        assertThat(team.worker()).isEqualTo(new TeamConfiguration.Worker(Optional.empty(), List.of("codex", "exec"),
                TeamConfiguration.Prompt.ARGUMENT, Optional.of(new TaskPath(".reeve/prompt.md")), List.of("A_KEY"),
                List.of(List.of("npm", "ci")), List.of(new TaskPath(".env")),
                List.of(new UsageLimitPattern("^enough")), Duration.ofMinutes(10)));
        assertThat(team.reconcile().publish()).contains(Publish.PULL_REQUEST);
        assertThat(team.server()).contains(URI.create("https://reeve.example.com"));
        assertThat(team.checks()).isEqualTo(new TeamConfiguration.Checks("no", true,
                Set.of(Finding.NO_TASK, Finding.OPEN_BOXES)));
    }

    @Test
    void whereNobodySaysWhereToPublishTheServerPushesAndTheAgentLeavesItToAServer() {
        assertThat(valid("").publishOfAgent()).isEqualTo(Publish.WORKTREE);
        assertThat(valid("").publishOfServer()).isEqualTo(Publish.PUSH);
        assertThat(valid("server: https://r.example").publishOfAgent()).isEqualTo(Publish.NONE);
        assertThat(valid("server: https://r.example\nreconcile: { publish: push }").publishOfAgent())
                .isEqualTo(Publish.PUSH);
    }

    @Test
    void allFaultsAreToldAtOnceEachWithItsPlaceAndKey() {
        assertThat(faults("""
                tasks: ../elsewhere
                heartbeat:
                  intervall: 3m
                  idle: yes
                dispatch: { max_workers: -1 }
                worker:
                  template: /etc/passwd
                  command: []
                  env: claude
                reconcile: { publish: everywhere }
                server: file:///etc
                colour: red
                checks: maybe
                """)).satisfiesExactlyInAnyOrder(
                f -> assertThat(f).startsWith(".reeve.yml:1:8: tasks: \"../elsewhere\" is not a path"),
                f -> assertThat(f).startsWith(".reeve.yml:3:3: heartbeat.intervall: ").contains("heartbeat.interval?"),
                f -> assertThat(f).startsWith(".reeve.yml:4:9: heartbeat.idle: \"yes\" is not a duration")
                        .contains("3m"),
                f -> assertThat(f).startsWith(".reeve.yml:5:26: dispatch.max_workers: "),
                f -> assertThat(f).startsWith(".reeve.yml:7:13: worker.template: "),
                f -> assertThat(f).startsWith(".reeve.yml:8:12: worker.command: must name a program"),
                f -> assertThat(f).startsWith(".reeve.yml:9:8: worker.env: must be a list"),
                f -> assertThat(f).startsWith(".reeve.yml:10:23: reconcile.publish: ").contains("pull-request"),
                f -> assertThat(f).startsWith(".reeve.yml:11:9: server: "),
                f -> assertThat(f).startsWith(".reeve.yml:12:1: colour: there is no such key"),
                f -> assertThat(f).startsWith(".reeve.yml:13:9: checks: has keys below it"));
    }

    @Test
    void aPassThatIsNoneIsToldWithTheOneThatWasMeant() {
        assertThat(faults("heartbeat: { off: [metadata-drift, everything, { a: b }] }")).satisfiesExactlyInAnyOrder(
                f -> assertThat(f).startsWith(".reeve.yml:1:20: heartbeat.off: ")
                        .contains("did you mean metadata_drift?"),
                f -> assertThat(f).contains("\"everything\" is not a pass: write one of reconcile, pr_attention, "),
                f -> assertThat(f).contains("must be one of"));
        assertThat(valid("heartbeat: { off: [reconcile, reconcile] }").heartbeat().off())
                .containsExactly(Pass.RECONCILE);
    }

    @Test
    void conflictsBetweenOwnersHaveTheirPlaces() {
        assertThat(faults("""
                owners:
                  dave: { aliases: [shared], github: [one], phone: 1 }
                  rj: { aliases: [Sha-red, dave], github: [ONE] }
                  d.ave: nothing
                roles: { qa: nobody, dev: [dave] }
                """)).satisfiesExactlyInAnyOrder(
                f -> assertThat(f).startsWith(".reeve.yml:2:45: owners: an owner has aliases and github"),
                f -> assertThat(f).startsWith(".reeve.yml:3:19: owners: ").contains("belongs to dave already"),
                f -> assertThat(f).startsWith(".reeve.yml:3:28: owners: ").contains("is an owner itself"),
                f -> assertThat(f).startsWith(".reeve.yml:3:44: owners: ").contains("belongs to dave already"),
                f -> assertThat(f).startsWith(".reeve.yml:4:3: owners: ").contains("same owner"),
                f -> assertThat(f).startsWith(".reeve.yml:4:10: owners: must be aliases and github"),
                f -> assertThat(f).startsWith(".reeve.yml:5:10: roles: ").contains("not among the owners"),
                f -> assertThat(f).startsWith(".reeve.yml:5:27: roles: must be one person's name"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"'tasks: [a'|not valid YAML", "'a: &x 1'|anchors", "'a: *x'|anchors",
            "'!!java.io.File [x]'|tags",
            "'tasks: !!java.net.URL x'|tags", "'- a'|keys with values", "'text'|keys with values",
            "'? [a] : b'|key must be",
            "'tasks: a\ntasks: b'|twice", "'tasks: a\n---\ntasks: b'|second document", "'\ttasks: a'|not valid YAML",
            "'<<: {tasks: a}'|no such key"})
    void hostileYamlIsAFault(String yaml, String reason) {
        assertThat(faults(yaml)).anySatisfy(f -> assertThat(f).startsWith(".reeve.yml:").contains(reason));
    }

    @Test
    void bytesThatAreNoTextAreAFault() {
        assertThat(faults("a: \0")).hasSize(1);
        assertThat(Expect.faults(TeamConfiguration.read(".reeve.yml", new byte[]{'a', ':', ' ', (byte) 0xff})))
                .singleElement()
                .asString()
                .contains("UTF-8");
    }

    @Test
    void sizeAndDepthAreBounded() {
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            assertThat(faults("a: " + "x".repeat(11_000_000))).singleElement().asString().contains("longer than");
            assertThat(faults("[".repeat(200_000))).singleElement().asString().contains("nested too deeply");
            assertThat(faults("{a: ".repeat(50_000))).singleElement().asString().contains("nested too deeply");
        });
    }

    @Test
    void whatAFileSaysCannotForgeALineOfAMessage() {
        assertThat(faults("\"a\\nb\\e[2J\": 1\nserver: \"x\\r\\nfake: fault\"")).hasSize(2)
                .allSatisfy(f -> assertThat(f).doesNotContain("\n", "\r", "\u001b"));
    }

    @Test
    void everyValueSaysWhereItComesFrom() {
        var origins = read("server: https://r.example\n").origins()
                .stream()
                .map(o -> o.key() + " " + o.value() + " " + o.source());
        assertThat(origins).contains("tasks tasks default", "server https://r.example .reeve.yml:1:9");
    }

    @Property(tries = 300)
    void noTextMakesReadingThrow(@ForAll("almostYaml") String yaml) {
        assertThat(read(yaml)).isNotNull();
    }

    @Provide
    Arbitrary<String> almostYaml() {
        return Arbitraries
                .of("tasks", "owners", "worker", "command", ":", ": ", "\n", "\n  ", "- ", "[", "]", "{", "}", ",",
                        "&a ", "*a", "!!x ",
                        "|", ">", "'", "\"", "#", "---\n", "...\n", "? ", "%YAML 1.1\n", "\t", "\0", "\uD800", "é",
                        "1h", "\\", "<<")
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts));
    }
}
