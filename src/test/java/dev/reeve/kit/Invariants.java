package dev.reeve.kit;

import dev.reeve.kit.FakeGitHub.Write;
import dev.reeve.model.Sha;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds after every story. */
final class Invariants {

    /** A lock of git, a clone that was set aside, or a file that was being made. */
    private static final Pattern LEFT = Pattern.compile("\\.git/.*\\.lock$|\\.broken$|/tmp_[^/]*$");

    private static final Pattern BOOKKEEPING = Pattern
            .compile("/repos/[^/]+/[^/]+/(pulls(/[0-9]+)?|git/(blobs|trees|commits))");

    private final Scenario scenario;
    private final LoggedErrors logged;
    private final Collection<Project> projects;

    Invariants(Scenario scenario, LoggedErrors logged, Collection<Project> projects) {
        this.scenario = scenario;
        this.logged = logged;
        this.projects = projects;
    }

    void verifyRunning() {
        scenario.settle();
        for (var server : scenario.servers()) {
            var pending = server.inbox().queue().pending();
            assertThat(pending.running()).as("leased work").isZero();
            assertThat(pending.later()).as("work that still waits for its time").isZero();
        }
        assertThat(scenario.gitHub().violations()).as("requests that a careful client doesn't send").isEmpty();
        assertThat(scenario.gitHub().writes()).as("writes that the story doesn't account for")
                .allMatch(this::isAccountedFor);
        verifyErrors();
        assertThat(scenario.logged()).as("secrets in the log")
                .noneMatch(line -> line.contains("ghs_") || line.contains("eyJ") || line.contains("Basic "));
    }

    private void verifyErrors() {
        assertThat(logged.errors()).as("errors")
                .allMatch(error -> scenario.expectedErrors().stream().anyMatch(regex -> error.matches(regex)));
        assertThat(scenario.expectedErrors()).as("errors that were expected")
                .allMatch(regex -> logged.errors().stream().anyMatch(error -> error.matches(regex)));
    }

    private boolean isAccountedFor(Write write) {
        return (scenario.isBookkept() && BOOKKEEPING.matcher(write.path()).matches())
                || head(write).filter(scenario.accountedFor()::contains).isPresent();
    }

    private Optional<Sha> head(Write write) {
        if (write.body() != null && write.body().has("head_sha")) {
            return Sha.parse(write.body().path("head_sha").asText());
        }
        var id = write.path().substring(write.path().lastIndexOf('/') + 1);
        return projects.stream()
                .flatMap(project -> project.atGitHub().checkRuns().stream())
                .filter(run -> String.valueOf(run.id()).equals(id))
                .map(FakeCheckRun::head)
                .findFirst();
    }

    void verifyStopped(@Nullable DeskStory desk) throws IOException {
        for (var server : scenario.servers()) {
            assertThat(left(server.dataFolder())).as("locks and unfinished work in clones").isEmpty();
        }
        assertThat(ProcessHandle.current().descendants().filter(this::isOfStory))
                .as("processes that were left running")
                .isEmpty();
        if (desk != null) {
            desk.verify();
        }
    }

    /** Other stories are told beside this one: theirs run in other folders. */
    private boolean isOfStory(ProcessHandle process) {
        try {
            return Path.of("/proc", Long.toString(process.pid()), "cwd").toRealPath().startsWith(scenario.folder());
        } catch (IOException _) {
            // It has ended meanwhile, or this system has no such file.
            return process.info().commandLine().filter(line -> line.contains(scenario.folder().toString())).isPresent();
        }
    }

    private static List<Path> left(Path data) throws IOException {
        if (!Files.exists(data)) {
            return List.of();
        }
        try (var files = Files.walk(data)) {
            return files.filter(file -> LEFT.matcher(file.toString()).find())
                    .toList();
        }
    }
}
