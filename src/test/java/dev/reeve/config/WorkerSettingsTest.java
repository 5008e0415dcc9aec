package dev.reeve.config;

import dev.reeve.config.TeamConfiguration.Prompt;
import dev.reeve.config.TeamConfiguration.Use;
import dev.reeve.config.TeamConfiguration.Worker;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class WorkerSettingsTest {

    private static final Path FILE = Path.of("/tmp/a b/prompt.md");

    private static Configured<TeamConfiguration> read(String yaml) {
        return TeamConfiguration.read(".reeve.yml", yaml.getBytes(UTF_8));
    }

    private static Worker worker(String yaml) {
        return Expect.valid(read("worker: { " + yaml + " }")).worker();
    }

    @Test
    void withoutAnythingSetItIsClaudeOnStandardInput() {
        var worker = worker("");
        assertThat(worker.use()).isEmpty();
        assertThat(worker.commandLine("do it", FILE)).containsExactly("claude", "-p");
        assertThat(worker.prompt()).isEqualTo(Prompt.STDIN);
        assertThat(worker.usageLimitPause()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void thePromptIsAnArgumentOrAFileWhereThatIsSaid() {
        assertThat(worker("command: [w, -x], prompt: argument").commandLine("do; it", FILE))
                .containsExactly("w", "-x", "do; it");
        assertThat(worker("command: [w, '--in={prompt_file}', '{slug}'], prompt: file").commandLine("do it", FILE))
                .containsExactly("w", "--in=/tmp/a b/prompt.md", "{slug}");
        assertThat(worker("command: [w], prompt: file").commandLine("do it", FILE)).containsExactly("w");
        assertThat(Expect.faults(read("worker: { command: [w, '{prompt_file}'] }"))).singleElement()
                .asString()
                .startsWith(".reeve.yml:1:20: worker.command: has {prompt_file}")
                .contains("prompt: file");
    }

    @Test
    void whatIsReadyMadeIsUsedUnlessItsOwnKeyIsSet() {
        assertThat(worker("use: claude")).satisfies(w -> {
            assertThat(w.use()).contains(Use.CLAUDE);
            assertThat(w.command()).startsWith("claude", "-p").contains("--permission-mode");
            assertThat(w.prompt()).isEqualTo(Prompt.STDIN);
        });
        assertThat(worker("use: codex")).satisfies(w -> {
            assertThat(w.command()).startsWith("codex", "exec").contains("--sandbox");
            assertThat(w.usageLimit()).doesNotContainAnyElementsOf(worker("use: claude").usageLimit());
        });
        assertThat(worker("use: codex, command: [codex, exec, --oss]").command())
                .containsExactly("codex", "exec", "--oss");
        assertThat(worker("use: codex, usage_limit: []").usageLimit()).isEmpty();
        assertThat(Expect.faults(read("worker: { use: gemini }"))).singleElement()
                .asString()
                .startsWith(".reeve.yml:1:16: worker.use: ")
                .contains("claude, codex");
    }

    @Test
    void whatIsReadyMadeSaysSo() {
        assertThat(read("worker: { use: codex }").origins())
                .filteredOn(origin -> origin.key().equals("worker.command"))
                .singleElement()
                .returns("worker.use: codex", origin -> origin.source().toString());
    }

    @ParameterizedTest
    @EnumSource(Use.class)
    void builtInPatternsAreRight(Use use) {
        assertThat(worker("use: " + use.name().toLowerCase(Locale.ROOT)).usageLimit()).isNotEmpty()
                .allSatisfy(pattern -> assertThat(pattern.fault()).isEmpty());
        assertThat(worker("").usageLimit()).isEqualTo(worker("use: claude").usageLimit());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', value = {
            "claude # Claude AI usage limit reached|1762952400 # 2025-11-12T13:00:00Z",
            "claude # You've hit your limit · resets 10pm (America/New_York) #",
            "claude # You've hit your session limit · resets 1:40pm (Europe/Paris) #",
            "claude # Claude usage limit reached. Your limit will reset at 3pm (America/Santiago). #",
            "claude # 5-hour limit reached ∙ resets 3pm #",
            "codex # ERROR: You've hit your usage limit. Upgrade to Pro (https://chatgpt.com/explore/pro) or try again at 3:52 PM. #",
            "codex # You've hit your usage limit. Try again later. #",
            "codex # {\"type\":\"usage_limit_reached\",\"plan_type\":\"plus\",\"resets_at\":1777936568} # 2026-05-04T23:16:08Z"})
    void theLimitsOfKnownProgramsAreRecognised(String use, String line, Instant reset) {
        var worker = worker("use: " + use);
        assertThat(worker.usageLimitIn("working\n" + line + "\nbye\n")).hasValueSatisfying(
                reached -> assertThat(reached.reset()).isEqualTo(Optional.ofNullable(reset)));
        assertThat(worker.usageLimitIn("It says: " + line.substring(0, 12) + "\nDone.\n")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2026-03-27T10:00:00Z,2026-03-27T10:00:00Z", "2026-03-27T10:00:00+02:00,2026-03-27T08:00:00Z",
            "1774605600,2026-03-27T10:00:00Z", "1774605600000,2026-03-27T10:00:00Z", "10am,", "999999999999999999999,",
            "9999999-01-01T00:00:00Z,", "'',"})
    void theEndOfALimitIsSecondsOrIso(String written, Instant reset) {
        var pattern = new UsageLimitPattern("^until (?P<reset>.*)$");
        assertThat(pattern.in("until never\nuntil " + written + "\nmore")).as("the last one counts")
                .hasValueSatisfying(reached -> assertThat(reached.reset()).isEqualTo(Optional.ofNullable(reset)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a(", "(?=a)", "a**", "\\\\1", "x*", ""})
    void aBadPatternIsAFaultWithItsPlace(String pattern) {
        var faults = Expect.faults(read("worker:\n  usage_limit: [fine, '" + pattern.replace("\\\\", "\\") + "']\n"));
        assertThat(faults).singleElement().asString().startsWith(".reeve.yml:2:23: worker.usage_limit: ");
    }

    @Test
    void aPatternTakesNoTimeThatGrowsFasterThanTheOutput() {
        var pattern = new UsageLimitPattern("(a+)+$b|(a|aa)+c");
        assertTimeoutPreemptively(Duration.ofSeconds(20),
                () -> assertThat(pattern.in("a".repeat(200_000))).isEmpty());
    }

    @Property(tries = 200)
    void noOutputMakesLookingThrow(@ForAll String output) {
        assertThat(new UsageLimitPattern("(?P<reset>\\S+)").in(output)).isNotNull();
        assertThat(List.of(worker("").usageLimitIn(output), worker("use: codex").usageLimitIn(output))).isNotNull();
    }
}
