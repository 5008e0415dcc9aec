package dev.reeve.cli;

import dev.reeve.model.Redaction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

class MainTest {

    @TempDir
    private Path folder;
    private Terminal terminal;

    @BeforeEach
    void openTerminal() {
        terminal = new Terminal(folder);
    }

    @Test
    void aFailureIsToldOnOneLineWhateverItNames() {
        assertThat(Main.told(new NoSuchFileException("tasks/\u001b[2J\nreeve: all is well")))
                .contains("\\u{1b}", "\\u{a}")
                .hasLineCount(1);
        assertThat(Main.told(new AccessDeniedException("tasks/\u001b[2J"))).contains("may not read", "\\u{1b}");
    }

    @Test
    void whatIsSecretInTheEnvironmentIsNotRepeated() {
        terminal.with("GITHUB_TOKEN", "a-token-without-a-form")
                .with("https_proxy", "http://me:of-the-proxy@proxy:3128");

        assertThat(terminal.run("a-token-without-a-form").err()).contains("there is no command or option \"***\"");
        assertThat(terminal.run("tell", "of-the-proxy").err()).doesNotContain("of-the-proxy");
        assertThat(Redaction.of("a-token-without-a-form")).as("afterwards").isEqualTo("a-token-without-a-form");
    }

    @Test
    void theVersionIsPrinted() {
        assertThat(terminal.run("--version"))
                .isEqualTo(new Terminal.Ran(0, Version.line() + System.lineSeparator(), ""));
        assertThat(terminal.run("-V").out()).startsWith("reeve ").doesNotContain("$", "unknown");
    }

    @Test
    void helpIsPrintedForEveryCommand() {
        assertThat(terminal.run("--help")).satisfies(ran -> {
            assertThat(ran.exit()).isZero();
            assertThat(ran.out()).contains("task", "config", "completion", "Exit codes");
        });
        assertThat(terminal.run("task", "set", "--help").out()).contains("--dry-run", "SLUG", "--format");
        assertThat(terminal.run("config", "check", "-h").out()).contains("--server");
    }

    @Test
    void withoutCommandTheUsageIsPrintedAsAnError() {
        assertThat(terminal.run()).satisfies(ran -> {
            assertThat(ran.exit()).isEqualTo(2);
            assertThat(ran.out()).isEmpty();
            assertThat(ran.err()).contains("Usage: reeve");
        });
    }

    @Test
    void anUnknownCommandIsAnErrorOfTwoLinesThatSuggestsWhatWasMeant() {
        assertThat(terminal.run("tsk")).isEqualTo(new Terminal.Ran(2, "",
                "reeve: there is no command or option \"tsk\"\nDid you mean task?\n".replace("\n",
                        System.lineSeparator())));
        assertThat(terminal.run("task", "chek").err()).contains("Did you mean check?");
        assertThat(terminal.run("task").err()).contains("needs one of: list, show, new, check, set");
        assertThat(terminal.run("hooks").err()).contains("needs one of: install, uninstall" + System.lineSeparator());
    }

    @Test
    void askingForTheHelpOfACommandThatDoesNotExistIsAnErrorToo() {
        assertThat(terminal.run("tsk", "--help")).isEqualTo(terminal.run("tsk"));
        assertThat(terminal.run("task", "chek", "--help")).satisfies(ran -> {
            assertThat(ran.exit()).isEqualTo(2);
            assertThat(ran.err()).contains("Did you mean check?");
        });
    }

    @Test
    void helpIsACommandAsWell() {
        assertThat(terminal.run("help")).isEqualTo(terminal.run("--help"));
        assertThat(terminal.run("help", "task", "set")).isEqualTo(terminal.run("task", "set", "--help"));
        assertThat(terminal.run("help", "doctor").out()).contains("Usage: reeve doctor");
        assertThat(terminal.run("help", "tsk")).satisfies(ran -> {
            assertThat(ran.exit()).isEqualTo(2);
            assertThat(ran.err()).contains("there is no command \"tsk\": did you mean task?").hasLineCount(1);
        });
        assertThat(terminal.run("help", "hooks").out()).contains("uninstall")
                .doesNotContain("What the installed hooks call");
    }

    @Test
    void outputThatCannotBeWrittenIsAFailureUnlessItsReaderHasHadEnough() throws Exception {
        assertThat(shell("%s completion > /dev/full").exit()).isEqualTo(1);
        assertThat(shell("%s completion > /dev/full").err()).startsWith("reeve: standard output could not be written: ")
                .hasLineCount(1);
        assertThat(shell("%s completion | head -n 1").err()).isEmpty();
    }

    private Terminal.Ran shell(String line) throws Exception {
        var program = Path.of(System.getProperty("java.home"), "bin", "java");
        var process = new ProcessBuilder("sh", "-c", line.formatted(
                "'" + program + "' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '"
                        + System.getProperty("java.class.path")
                        + "' dev.reeve.cli.Main"))
                .directory(terminal.checkout().toFile())
                .start();
        var out = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        var err = new String(process.getErrorStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Terminal.Ran(process.exitValue(), out, err);
    }

    @Test
    void wrongOptionsAreErrorsThatNameTheHelp() {
        assertThat(terminal.run("task", "check", "--format", "xml")).satisfies(ran -> {
            assertThat(ran.exit()).isEqualTo(2);
            assertThat(ran.err()).contains("text or json", "Try 'reeve task check --help'").hasLineCount(2);
        });
    }

    @Test
    void whatIsTypedCannotForgeALineOrMoveTheCursor() {
        assertThat(terminal.run("task", "set", "a\u001b[2J", "b=c\nreeve: fake").err()).doesNotContain("\u001b")
                .hasLineCount(1);
        assertThat(terminal.run("--\u001b[2J\nx").err()).doesNotContain("\u001b").hasLineCount(2);
    }

    @Test
    void anArgumentThatBeginsWithAtIsNotAFileOfArguments() {
        var file = terminal.write("args", "--help");
        assertThat(terminal.run("task", "check", "@" + file).err()).contains("there is no file or folder");
    }

    @Test
    void outsideOfARepositoryTheErrorSaysWhatToDo() throws IOException {
        var outside = Files.createDirectory(folder.resolve("outside"));
        Files.createDirectory(terminal.checkout().resolve("tasks"));
        assertThat(terminal.runIn(outside, "task", "check")).satisfies(ran -> {
            assertThat(ran.exit()).isEqualTo(2);
            assertThat(ran.err()).contains("is not in the checkout of a git repository", "-C PATH").hasLineCount(1);
        });
        assertThat(terminal.runIn(outside, "-C", terminal.checkout().toString(), "task", "check").exit()).isZero();
        assertThat(terminal.runIn(outside, "task", "check", "-C", "../checkout").exit()).isZero();
        assertThat(terminal.runIn(outside, "task", "check", "-C", "a\0b").err()).contains("is not a path");
        assertThat(terminal.runIn(outside, "task", "check", "-C", "nowhere").err()).contains("there is no such folder");
    }

    @Test
    void aStackTraceIsPrintedOnlyWhenAskedFor() {
        terminal.write(".reeve.yml/not-a-file", "");
        assertThat(terminal.run("task", "check").err()).hasLineCount(1).doesNotContain("\tat ");
        assertThat(terminal.run("task", "check", "--debug").err()).contains("\tat dev.reeve.cli");
    }

    @Test
    void coloursAreForTerminalsThatWantThem() {
        terminal.write("tasks/a.md", "---\ntitle: A\nstatus: redy\n---\n");
        assertThat(terminal.run("task", "check").out()).doesNotContain("\u001b");
        assertThat(terminal.asScreen().run("task", "check").out()).contains("\u001b[31m");
        assertThat(terminal.run("--help").out()).contains("\u001b[");
        assertThat(terminal.with("NO_COLOR", "1").run("task", "check").out()).doesNotContain("\u001b");
        assertThat(terminal.run("--help").out()).doesNotContain("\u001b");
    }

    @Test
    void shellsCanCompleteEveryCommand() throws Exception {
        var script = terminal.run("completion").out();
        assertThat(script).contains("task", "config", "--dry-run", "completion");

        var bash = new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
        try (var in = bash.outputWriter()) {
            in.write(script);
        }
        assertThat(bash.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(bash.exitValue()).isZero();
    }

    @Test
    void theProcessItselfExitsWithTheCodeAndKeepsOutputAndErrorsApart() throws Exception {
        terminal.write("tasks/No_Slug.md", "---\ntitle: A\nstatus: ready\n---\n");
        var process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), "dev.reeve.cli.Main", "task",
                "check", "--format",
                "json")
                .directory(terminal.checkout().toFile())
                .start();

        var out = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        var err = new String(process.getErrorStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(err).isEmpty();
        assertThat(out).contains("invalid_slug");
        assertThat(process.exitValue()).isEqualTo(1);
    }
}
