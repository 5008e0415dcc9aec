package dev.reeve.reconcile;

import dev.reeve.git.CommitSpec;
import dev.reeve.git.ManagedClone;
import dev.reeve.github.GitHubFailure;
import dev.reeve.github.NewCommit;
import dev.reeve.github.NewCommit.NewFile;
import dev.reeve.github.RepositoryClient;
import dev.reeve.model.Sha;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Commits that GitHub makes in the App's name and signs. They are brought into the clone, from where a branch is moved to them by a push as any other: so
 * what is to be expected of the branch is as strict, and a request that failed after it took effect has left nothing but a commit that is on no branch.
 *
 * <p>What was made is remembered, in memory and no more than a thousand commits of a repository: whoever is interrupted by a limit goes on where it was, and who
 * waits for git to show a commit only asks for it again.
 *
 * <p><b>Threading.</b> One thread at a time; {@link PushWriter} sees to that.
 */
final class SignedCommits {

    private static final int REMEMBERED = 1_000;
    /** GitHub may delete what is on no branch: what wasn't shown so often is made anew. */
    private static final int PATIENCE = 10;

    private final RepositoryClient gitHub;
    private final ManagedClone git;
    private final Map<String, NewCommit.Made> remembered = new LinkedHashMap<>(16, 0.75f, true);
    private int notShown;

    SignedCommits(RepositoryClient gitHub, ManagedClone git) {
        this.gitHub = gitHub;
        this.git = git;
    }

    /** What became of commits that GitHub was to make. */
    sealed interface Result {

        /**
         * They are here, to be pushed.
         *
         * @param unverified why GitHub doesn't show them as verified, in its own word; nothing when it does
         */
        record Made(List<Sha> commits, Optional<String> unverified) implements Result {}

        /** GitHub has made them and doesn't show them to git yet. */
        record NotShown() implements Result {}
    }

    /**
     * Makes commits, the first on the parent, each further one on the one before; those that were made already aren't made again.
     *
     * @param parent in the clone, and at the remote
     * @param commits at least one
     * @throws GitHubFailure when GitHub doesn't make them; what it has made until then is remembered
     */
    Result make(Sha parent, List<CommitSpec> commits) {
        var made = new ArrayList<NewCommit.Made>();
        for (var commit : commits) {
            made.add(made.isEmpty() ? make(parent, Optional.empty(), commit)
                    : make(made.getLast().commit(), Optional.of(made.getLast().tree()), commit));
        }
        if (!git.fetchMade(made.getLast().commit())) {
            if (++notShown % PATIENCE == 0) {
                remembered.clear();
            }
            return new Result.NotShown();
        }
        return new Result.Made(made.stream().map(NewCommit.Made::commit).toList(),
                made.stream().flatMap(one -> one.unverified().stream()).findFirst());
    }

    /** @param tree the parent's; nothing when it has to be looked up */
    private NewCommit.Made make(Sha parent, Optional<Sha> tree, CommitSpec commit) {
        var key = key(parent, commit);
        var known = remembered.get(key);
        if (known != null) {
            return known;
        }
        var wanted = new NewCommit(parent, tree.orElseGet(() -> git.tree(parent)), commit.fullMessage(), files(commit));
        try {
            var made = gitHub.makeCommit(wanted);
            remembered.put(key, made);
            if (remembered.size() > REMEMBERED) {
                remembered.remove(remembered.keySet().iterator().next());
            }
            return made;
        } catch (GitHubFailure failure) {
            if (failure.kind() instanceof GitHubFailure.Kind.Rejected) {
                // It may be that what it stands on is gone.
                remembered.clear();
            }
            throw failure;
        }
    }

    private static List<NewFile> files(CommitSpec commit) {
        return commit.changes()
                .stream()
                .map(change -> new NewFile(change.path(), change.mode().octal(), change.bytes()))
                .toList();
    }

    /** The same for the same change on the same parent. */
    private static String key(Sha parent, CommitSpec commit) {
        var digest = sha256();
        add(digest, parent.value().getBytes(StandardCharsets.UTF_8));
        add(digest, commit.fullMessage().getBytes(StandardCharsets.UTF_8));
        commit.changes().forEach(change -> {
            add(digest, (change.mode().octal() + " " + change.path()).getBytes(StandardCharsets.UTF_8));
            add(digest, change.bytes());
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, byte[] part) {
        digest.update((part.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(part);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
