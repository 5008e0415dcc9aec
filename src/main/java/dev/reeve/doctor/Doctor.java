package dev.reeve.doctor;

import dev.reeve.config.Configured;
import dev.reeve.config.ServerConfiguration;
import dev.reeve.git.Git;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Makes all the checks. */
public final class Doctor {

    private final Git git;
    private final InstantSource clock;

    public Doctor(Git git, InstantSource clock) {
        this.git = git;
        this.clock = clock;
    }

    /** What is found of this machine, from any folder. */
    public List<Finding> machine(Path folder) {
        return new MachineChecks(git, folder).findings();
    }

    /** What is found of a repository, and of GitHub as it is asked about it. */
    public List<Finding> repository(Patient patient, GitHubLook gitHub) {
        return Stream.of(new ConfigurationChecks(patient).findings(),
                new RepositoryChecks(git, patient).findings(), new StateChecks(patient, clock).findings(),
                new GitHubChecks(gitHub, clock).findings()).flatMap(List::stream).toList();
    }

    /** What is found of a server: its configuration, what it keeps on this machine, and, where it has an App, what GitHub says of that. */
    public List<Finding> server(Configured<ServerConfiguration> read,
            Function<ServerConfiguration, ServerPatient> admit) {
        var findings = new ArrayList<>(ConfigurationChecks.findings("configuration", read,
                Finding.ok("configuration", "the server's settings are valid")));
        if (read instanceof Configured.Valid<ServerConfiguration>(var configuration, _, _)) {
            var patient = admit.apply(configuration);
            findings.addAll(app(patient));
            findings.addAll(new ServerStateChecks(configuration, patient.database()).findings());
            findings.addAll(RefusedPush.findings(patient.refusedPushes().get()));
        }
        return List.copyOf(findings);
    }

    private List<Finding> app(ServerPatient patient) {
        if (patient.configuration().app().isEmpty()) {
            return List.of(AppChecks.noApp(patient.configuration()));
        }
        try {
            return new AppChecks(patient, patient.gitHub().get(), clock).findings();
        } catch (IllegalArgumentException e) {
            // A key that is in the form of one, and is none.
            return List.of(Finding.error("key", String.valueOf(e.getMessage()), "correct it, then look again"),
                    Finding.info("app", "the App was not looked at: that takes a key"));
        }
    }

    /** That there was no repository to be examined. */
    public static Finding noRepository(String why) {
        return Finding.info("repository",
                why + ": configuration, hooks, state files, worktrees and GitHub were not looked at",
                "run it in a checkout, or name one with -C PATH");
    }

    /** That there is a repository with which git can't work. */
    public static Finding unusable(String why) {
        return Finding.error("repository", "git can't use it: " + why, "make git status work here first");
    }
}
