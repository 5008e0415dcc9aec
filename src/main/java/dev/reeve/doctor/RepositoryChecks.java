package dev.reeve.doctor;

import dev.reeve.git.Git;
import dev.reeve.git.Housekeeping;
import dev.reeve.git.LinkedWorktree;
import dev.reeve.setup.GitHooks;
import dev.reeve.setup.IgnoreFile;
import dev.reeve.setup.Shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What {@code reeve init} sets up, and the worktrees. */
record RepositoryChecks(Git git, Patient patient) {

    private static final int MOST = 10;

    List<Finding> findings() {
        return Check.all(List.of(new Check("tasks", this::tasks), new Check("hooks", this::hooks),
                new Check("ignored", this::ignored), new Check("worktrees", this::worktrees)));
    }

    private Housekeeping housekeeping() {
        return new Housekeeping(git, patient.root());
    }

    private List<Finding> tasks() {
        var folder = patient.root().resolve(patient.tasks().path().value());
        return List.of(Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                ? Finding.ok("tasks", patient.tasks() + "/ is there")
                : Finding.warning("tasks", "there is no folder " + patient.tasks() + "/",
                        "reeve init makes it; or say in .reeve.yml where the tasks are: tasks: FOLDER"));
    }

    private List<Finding> hooks() throws IOException {
        var checkout = patient.checkout();
        var branch = patient.said().defaultBranch().orElseGet(checkout::presumedDefaultBranch);
        var seen = new GitHooks(patient.root(), checkout.commonFolder(), housekeeping(), branch).look();
        var findings = new ArrayList<Finding>();
        of(seen, GitHooks.State.MISSING).ifPresent(names -> findings.add(Finding.warning("hooks",
                "Reeve's part is missing in " + names + ": nothing is reconciled after a pull",
                "reeve hooks install")));
        of(seen, GitHooks.State.OUTDATED).ifPresent(names -> findings.add(Finding.warning("hooks",
                names + ": not as this version and configuration want it", "reeve hooks install")));
        of(seen, GitHooks.State.CURRENT).ifPresent(names -> findings.add(current(seen, names)));
        return findings;
    }

    private static Finding current(List<GitHooks.Seen> seen, String names) {
        var launcher = seen.stream().flatMap(hook -> hook.launcher().stream()).findFirst();
        return launcher.map(path -> Finding.ok("hooks", names + ": " + path + " is run"))
                .orElseGet(() -> Finding.info("hooks", names + ": whatever reeve is on the PATH is run",
                        "reeve hooks install, called by the launcher reeve, writes its place into the hooks"));
    }

    private static Optional<String> of(List<GitHooks.Seen> seen, GitHooks.State state) {
        var names = seen.stream()
                .filter(hook -> hook.state() == state)
                .map(GitHooks.Seen::subject)
                .collect(Collectors.joining(", "));
        return Optional.of(names).filter(text -> !text.isEmpty());
    }

    private List<Finding> ignored() {
        var missing = new IgnoreFile(patient.root(), housekeeping()).missing(patient.tasks());
        var folders = List.of(".tasks", patient.tasks() + "/logs");
        var tracked = housekeeping().tracked(MOST, folders);
        var findings = new ArrayList<Finding>();
        if (!missing.isEmpty()) {
            findings.add(Finding.warning("ignored", "git doesn't ignore " + String.join(", ", missing)
                    + ": runtime state would be committed", "reeve init adds the rules"));
        }
        if (!tracked.isEmpty()) {
            findings.add(Finding.warning("ignored", "runtime files are tracked: " + String.join(", ", tracked),
                    "git rm -r --cached --ignore-unmatch -- " + words(folders) + ", and commit that"));
        }
        return findings.isEmpty() ? List.of(Finding.ok("ignored", "git ignores the runtime files")) : findings;
    }

    /** For a shell: somebody copies it there, and what is in the repository may be named by anybody. */
    private static String words(List<String> folders) {
        return folders.stream().map(Shell::word).collect(Collectors.joining(" "));
    }

    private List<Finding> worktrees() {
        var all = patient.checkout().worktrees();
        var gone = all.stream().filter(RepositoryChecks::isGone).limit(MOST).toList();
        if (gone.isEmpty()) {
            return List.of(Finding.ok("worktrees", all.isEmpty() ? "there are none but the main one"
                    : all.size() + " linked, each in its place"));
        }
        return gone.stream().map(RepositoryChecks::gone).toList();
    }

    private static boolean isGone(LinkedWorktree worktree) {
        return worktree.prunable().isPresent() || !Files.isDirectory(worktree.path());
    }

    private static Finding gone(LinkedWorktree worktree) {
        var message = worktree.path() + " is gone: " + worktree.prunable().orElse("its folder isn't there");
        return worktree.locked().isPresent()
                ? Finding.info("worktrees", message + "; it is locked, so git keeps it",
                        "nothing, when its disk comes back; else git worktree unlock and git worktree prune")
                : Finding.warning("worktrees", message, "git worktree prune, or git worktree repair if it was moved");
    }
}
