package dev.reeve.reconcile;

import dev.reeve.git.CommitSpec;
import dev.reeve.git.ManagedClone;
import dev.reeve.github.NewCommit;
import dev.reeve.github.NewCommit.NewFile;
import dev.reeve.github.RepositoryClient;
import dev.reeve.model.Sha;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Commits that GitHub makes in the App's name and signs. They are brought into the clone, from where a branch is moved to them by a push as any other: so
 * what is to be expected of the branch is as strict, and a request that failed after it took effect has left nothing but a commit that is on no branch.
 */
record SignedCommits(RepositoryClient gitHub, ManagedClone git) {

    /**
     * Makes commits, the first on the parent, each further one on the one before. Nothing, when GitHub has made them and doesn't show them to git yet.
     *
     * @param parent in the clone, and at the remote
     * @throws dev.reeve.github.GitHubFailure when GitHub doesn't make them
     */
    Optional<List<Sha>> make(Sha parent, List<CommitSpec> commits) {
        var made = new ArrayList<Sha>();
        var last = new NewCommit.Made(parent, git.tree(parent));
        for (var commit : commits) {
            last = gitHub.makeCommit(new NewCommit(last.commit(), last.tree(), commit.fullMessage(), files(commit)));
            made.add(last.commit());
        }
        return git.fetchCommit(last.commit()) ? Optional.of(made) : Optional.empty();
    }

    private static List<NewFile> files(CommitSpec commit) {
        return commit.changes()
                .stream()
                .map(change -> new NewFile(change.path(), change.mode().octal(), change.bytes()))
                .toList();
    }
}
