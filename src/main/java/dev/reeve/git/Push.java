package dev.reeve.git;

import dev.reeve.model.BranchName;
import dev.reeve.model.Sha;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Pushes and reads the verdict from what {@code git push --porcelain} prints. */
final class Push {

    private static final Pattern MOVED = Pattern.compile(
            "\\((fetch first|non-fast-forward|stale info|needs force|remote ref updated.*)\\)"
                    + "|incorrect old value|cannot lock ref|failed to update ref|reference already exists");
    /** A branch {@code a} and a branch {@code a/b} can't both be there, and no other try changes that. */
    private static final Pattern TAKEN = Pattern
            .compile("' exists; cannot create '|directory[ /]file conflict|refname conflict");
    private static final Pattern BROKEN = Pattern
            .compile("(?i)\\[remote failure]|unpacker error|internal server error|failed to write");
    private static final Pattern FORBIDDEN = Pattern.compile("returned error: 403|HTTP 403");

    private Push() {}

    /**
     * Moves the branch to the last of these commits, if it is where it is expected.
     *
     * @param expected where the branch stands; nothing when it isn't there
     * @param commits made one on top of the other: when the first is on {@code expected}, this can only move the branch forward
     */
    static PushResult of(Command git, BranchName branch, Optional<Sha> expected, List<Sha> commits) {
        return run(git, branch, expected, commits.getLast().value(), commits);
    }

    /** Deletes the branch, if it is where it is expected. */
    static PushResult removing(Command git, BranchName branch, Sha expected) {
        return run(git, branch, Optional.of(expected), "", List.of(expected));
    }

    private static PushResult run(Command git, BranchName branch, Optional<Sha> expected, String target,
            List<Sha> commits) {
        var lease = "--force-with-lease=" + branch.ref() + ":" + expected.map(Sha::value).orElse("");
        var output = git.accept(1, 128)
                .run("push", "--porcelain", "--no-progress", "--no-verify", "--no-follow-tags",
                        "--recurse-submodules=no", "--no-signed", lease, "--no-force-if-includes", "origin",
                        target + ":" + branch.ref());
        var verdict = output.lines().filter(line -> line.startsWith("!\t")).findFirst();
        if (output.exitCode() == 0) {
            return new PushResult.Pushed(commits);
        }
        if (verdict.isPresent()) {
            return refused(verdict.get(), output);
        }
        if (FORBIDDEN.matcher(output.errors()).find()) {
            return new PushResult.Denied(GitFailure.oneLine(output.errors()));
        }
        throw GitFailure.of("push", output.exitCode(), output.errors());
    }

    private static PushResult refused(String verdict, Output output) {
        var reason = verdict.substring(verdict.lastIndexOf('\t') + 1);
        var said = output.errors().lines().filter(line -> line.startsWith("remote:")).collect(Collectors.joining("\n"));
        if (TAKEN.matcher(reason + "\n" + said).find()) {
            return new PushResult.Denied(GitFailure.oneLine(reason + "\n" + said));
        }
        if (MOVED.matcher(reason).find()) {
            return new PushResult.Rejected(GitFailure.oneLine(reason));
        }
        if (BROKEN.matcher(reason).find()) {
            throw new GitFailure(GitFailure.Kind.TRANSPORT, "push", output.exitCode(), GitFailure.oneLine(reason));
        }
        return new PushResult.Denied(GitFailure.oneLine(reason + "\n" + said));
    }
}
