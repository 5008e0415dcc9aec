package dev.reeve.github;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** The library's classes cost a command's start, so those that don't ask GitHub must not load them. */
class LibraryLoadingTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"--version", "task check", "reconcile fix-login --dry-run --owner dave"})
    void aCommandThatDoesNotAskGitHubLoadsNothingOfIt(String command) throws Exception {
        Files.createDirectories(folder.resolve("tasks"));
        Files.writeString(folder.resolve("tasks/fix-login.md"), "---\ntitle: Fix\nowner: dave\nstatus: ready\n---\n");
        run(List.of("git", "init", "--quiet", "--initial-branch=main", "."));
        run(List.of("git", "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "--allow-empty",
                "-m", "x"));
        run(List.of("git", "remote", "add", "origin", "https://github.invalid/acme/shop.git"));

        assertThat(loadedBy("dev.reeve.cli.Main", command.split(" "))).contains("dev.reeve.cli.Main")
                .noneMatch(name -> name.startsWith("org.kohsuke.") || (name.startsWith("dev.reeve.github.")
                        // Any failure is asked whether it is one of GitHub's, which loads the exception and no more.
                        && !name.startsWith("dev.reeve.github.GitHubFailure")));
    }

    @Test
    void aQuestionToGitHubDoesLoadIt() throws Exception {
        assertThat(loadedBy(ProxyRoutesTest.Tunnelling.class.getName(), "1"))
                .contains("org.kohsuke.github.GitHub", "dev.reeve.github.Transport")
                .doesNotContain("org.kohsuke.github.extras.HttpClientGitHubConnector");
    }

    private List<String> loadedBy(String main, String... arguments) throws Exception {
        var log = folder.resolve("loaded.txt");
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xlog:class+load:file=" + log, "-cp",
                System.getProperty("java.class.path"), main));
        command.addAll(List.of(arguments));
        run(command);
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(" source: "))
                    .map(line -> line.replaceFirst("^(\\[[^]]*] *)*", "").replaceFirst(" source: .*", ""))
                    .toList();
        }
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT") || name.equals("GH_TOKEN"));
        builder.environment().put("HOME", folder.toString());
        assertThat(builder.start().waitFor(1, TimeUnit.MINUTES)).isTrue();
    }
}
