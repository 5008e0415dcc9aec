package dev.reeve.doctor;

import dev.reeve.git.Git;
import dev.reeve.git.Housekeeping;

import java.nio.file.Path;
import java.util.List;

/** The programs that Reeve needs. */
record MachineChecks(Git git, Path folder) {

    private static final int JAVA = 25;

    List<Finding> findings() {
        return Check.all(List.of(new Check("java", () -> List.of(java(Runtime.version()))),
                new Check("git", () -> List.of(gitThere()))));
    }

    static Finding java(Runtime.Version version) {
        var said = "Java " + version;
        return version.feature() >= JAVA ? Finding.ok("java", said)
                : Finding.error("java", said + " is older than " + JAVA,
                        "install a JDK " + JAVA + ", or set REEVE_JAVA_HOME to the home of one");
    }

    private Finding gitThere() {
        return Housekeeping.version(git, folder)
                .map(MachineChecks::git)
                .orElseGet(() -> Finding.warning("git", "the git on the PATH doesn't say which version it is",
                        "git version should print one; look at which git runs"));
    }

    static Finding git(Housekeeping.Version version) {
        var said = "git " + version;
        var remedy = "install git " + Housekeeping.RECOMMENDED + " or newer";
        if (version.compareTo(Housekeeping.NEEDED) < 0) {
            return Finding.error("git",
                    said + " can't list worktrees as Reeve needs it (git worktree list -z came with "
                            + Housekeeping.NEEDED + ")",
                    remedy);
        }
        return version.compareTo(Housekeeping.RECOMMENDED) < 0
                ? Finding.warning("git", said + " is older than what Reeve is tested with", remedy)
                : Finding.ok("git", said);
    }
}
