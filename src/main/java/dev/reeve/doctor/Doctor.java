package dev.reeve.doctor;

import dev.reeve.git.Git;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
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
