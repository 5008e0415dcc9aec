package dev.reeve.git;

import dev.reeve.model.BranchName;
import dev.reeve.model.Sha;
import dev.reeve.model.TaskPath;

import java.lang.ref.SoftReference;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The server's clone of one repository: bare, one branch at a time, contents on demand. Nobody else uses it, so a damaged
 * one is set aside ({@code <folder>.broken}) and made anew, once; nothing in it exists nowhere else.
 *
 * <p><i>Threading:</i> safe; a mutex lets one git command work in it at a time.
 */
public final class ManagedClone implements AutoCloseable {

    private final ReentrantLock mutex = new ReentrantLock();
    private final Git git;
    private final CloneFolder folder;
    private final Upstream upstream;
    private final Map<BranchName, Sha> tips = new HashMap<>();
    private final Trees trees;
    private final History history;
    private final TaskListing listing;
    private SoftReference<TaskIndex> lastIndex = new SoftReference<>(null);
    private boolean remade;
    private boolean closed;

    private ManagedClone(Git git, CloneFolder folder, Upstream upstream) {
        this.git = git;
        this.folder = folder;
        this.upstream = upstream;
        this.trees = new Trees(upstream::here, upstream::fetchBlobs);
        this.history = new History(upstream::here);
        this.listing = new TaskListing(upstream::here);
    }

    /**
     * Opens the clone in this folder, or makes it. Talks to no remote yet. It is this process's alone until it is closed.
     *
     * @param url {@code https://}, {@code http://} or {@code file://}, without user or password
     * @param credentials asked before every command that talks to the remote, and once more when it didn't accept them
     * @throws GitFailure when another process has the clone open
     * @throws IllegalArgumentException when it is another kind of URL
     */
    public static ManagedClone open(Git git, Path folder, String url, CredentialSource credentials) {
        requirePlain(url);
        var claimed = CloneFolder.claim(folder);
        try {
            var clone = new ManagedClone(git, claimed, new Upstream(git, claimed.path(), url, credentials));
            claimed.prepare(git);
            clone.guarded(clone::readTips);
            return clone;
        } catch (RuntimeException e) {
            claimed.close();
            throw e;
        }
    }

    private static void requirePlain(String url) {
        var uri = URI.create(url);
        var scheme = uri.getScheme();
        if (scheme == null || !List.of("https", "http", "file").contains(scheme) || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("a clone's URL is https, http or file, without user or password");
        }
    }

    /** Brings the branch up to date, wherever it moved. */
    public FetchResult fetch(BranchName branch) {
        return guarded(() -> {
            var result = upstream.fetch(branch, Optional.ofNullable(tips.get(branch)));
            if (result instanceof FetchResult.Fetched fetched) {
                tips.put(branch, fetched.tip());
            }
            return result;
        });
    }

    /**
     * Brings one commit, wherever the remote has it (the head of a pull request, say).
     *
     * @return false when the remote has no such commit, or doesn't give it
     */
    public boolean fetchCommit(Sha commit) {
        return guarded(() -> history.exists(commit) || upstream.fetchCommit(commit));
    }

    /**
     * As {@link #fetchCommit}, for a commit without which nothing can be said.
     *
     * @throws GitFailure when the remote has no such commit, or doesn't give it; what GitHub announces, git may show only later
     */
    public void require(Sha commit) {
        if (!fetchCommit(commit)) {
            throw new GitFailure(GitFailure.Kind.OTHER, "fetch", -1,
                    "the remote doesn't show the commit " + commit + ", or not yet");
        }
    }

    /**
     * Brings a commit that the remote has made on top of what is here, with all that it changes, so that a branch can be {@linkplain #place placed} on it: a
     * push reads every file that it moves a branch to, and can't ask for one.
     *
     * @return false when the remote has no such commit, or doesn't show it yet
     */
    public boolean fetchMade(Sha commit) {
        return guarded(() -> history.exists(commit) || upstream.fetchWhole(commit));
    }

    /** The remote's default branch; nothing when it doesn't say, as an empty repository doesn't. Talks to the remote. */
    public Optional<BranchName> defaultBranch() {
        return guarded(() -> Remote.defaultBranch(upstream.command()));
    }

    /**
     * What stands at these paths in a fetched commit. All of it is held in memory: ask for a thousand files at a time, not
     * for a hundred thousand.
     *
     * @throws GitFailure when the commit isn't here
     */
    public Map<TaskPath, Entry> read(Sha commit, Collection<TaskPath> paths) {
        return guarded(() -> trees.read(commit, paths));
    }

    /**
     * Where the tasks are in a fetched commit. The last index is kept as long as memory allows, and only what differs
     * between its commit and this one is read.
     *
     * @throws GitFailure when the commit isn't here
     */
    public TaskIndex tasks(Sha commit, TaskPath root) {
        return guarded(() -> {
            var last = lastIndex.get();
            var index = last != null && last.root().equals(root)
                    ? last.commit().equals(commit) ? last : listing.moved(last, commit)
                    : listing.index(commit, root);
            lastIndex = new SoftReference<>(index);
            return index;
        });
    }

    /** The paths that differ between two commits beneath a folder; nothing when one of the commits isn't here. */
    public Optional<List<TaskPath>> changedPaths(Sha before, Sha after, TaskPath under) {
        return guarded(() -> history.changedPaths(before, after, under));
    }

    /** As {@link #changedPaths(Sha, Sha, TaskPath)}, anywhere in the tree. */
    public Optional<List<TaskPath>> changedPaths(Sha before, Sha after) {
        return guarded(() -> history.changedPaths(before, after));
    }

    /**
     * What {@code after} reaches and {@code before} doesn't, newest first.
     *
     * @param limit how many at most
     * @return nothing when one of the commits isn't here
     */
    public Optional<List<Commit>> commits(Sha before, Sha after, int limit) {
        return guarded(() -> history.commits(before, after, limit));
    }

    /**
     * Those of the commits that {@code before} doesn't reach, along the first parents from {@code after}, that changed a file, newest first.
     *
     * @param limit how many at most
     * @return nothing when one of the commits isn't here
     */
    public Optional<List<Commit>> commitsTouching(Sha before, Sha after, TaskPath path, int limit) {
        return guarded(() -> history.touching(before, after, path, limit));
    }

    /** Whether the tip reaches the commit; false when one of them isn't here. Never asks the remote. */
    public boolean isAncestor(Sha commit, Sha tip) {
        return guarded(() -> history.isAncestor(commit, tip));
    }

    /** The best common ancestor; nothing when there is none, or one of the commits isn't here. */
    public Optional<Sha> mergeBase(Sha one, Sha other) {
        return guarded(() -> history.mergeBase(one, other));
    }

    /**
     * Makes commits, the first on top of {@code expected}, each further one on the one before, and pushes them together.
     * They go in only if the branch stands at {@code expected} at that moment. Until the remote has taken them they are kept
     * apart, so what it rejects leaves nothing behind. When this fails by transport, the remote may have taken them
     * nevertheless: fetch, and look.
     *
     * @param expected the fetched tip on which the decision was made
     * @param commits at least one
     */
    public PushResult push(BranchName branch, Sha expected, List<CommitSpec> commits) {
        if (commits.isEmpty()) {
            throw new IllegalArgumentException("nothing to push");
        }
        return guarded(() -> {
            try {
                var made = make(expected, commits);
                var result = Push.of(outgoing(upstream.command()), branch, Optional.of(expected), made);
                if (result instanceof PushResult.Pushed) {
                    folder.adoptOutgoing();
                }
                return result;
            } finally {
                CloneFolder.delete(folder.outgoing());
            }
        });
    }

    /**
     * Moves a branch to commits that the remote itself has made and that were {@linkplain #fetchMade brought} here, wherever it stood. The branch is made when
     * there is none.
     *
     * @param expected where the branch stands now, as far as is known; nothing when it isn't there
     * @param commits one on top of the other, at least one
     */
    public PushResult place(BranchName branch, Optional<Sha> expected, List<Sha> commits) {
        return guarded(() -> Push.of(upstream.command(), branch, expected, commits));
    }

    /** Deletes a branch of the remote, unless it moved from where it is expected. */
    public PushResult remove(BranchName branch, Sha expected) {
        return guarded(() -> Push.removing(upstream.command(), branch, expected));
    }

    /** The tree of a commit that is here: its files as a whole. */
    public Sha tree(Sha commit) {
        return guarded(() -> new Sha(upstream.here().run("rev-parse", "--verify", commit + "^{tree}").line()));
    }

    private List<Sha> make(Sha parent, List<CommitSpec> commits) {
        folder.clearOutgoing();
        return outgoing(upstream.here()).config("fastimport.unpackLimit", "0")
                .input(FastImport.of(parent.value(), commits))
                .run("fast-import", "--quiet", "--date-format=raw")
                .lines()
                .map(Sha::new)
                .toList();
    }

    private Command outgoing(Command command) {
        return command.environment("GIT_OBJECT_DIRECTORY", folder.outgoing().toString())
                .environment("GIT_ALTERNATE_OBJECT_DIRECTORIES", quoted(folder.path().resolve("objects")));
    }

    /** That variable is a list separated by colons; in quotes a colon is just one. */
    private static String quoted(Path path) {
        return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Packs what has gathered, if it is worth it; to be called now and then. It takes one quick process if it isn't. */
    public void maintain() {
        guarded(() -> upstream.partial(upstream.here())
                .overNetwork()
                .config("gc.auto", "2000")
                .config("gc.autoPackLimit", "60")
                .config("gc.pruneExpire", "1.day.ago")
                .run("gc", "--auto", "--quiet"));
    }

    /** Waits for the command that works in it; from then on everything that is asked of it fails. */
    @Override
    public void close() {
        mutex.lock();
        try {
            closed = true;
            folder.close();
        } finally {
            mutex.unlock();
        }
    }

    /** As {@link #close}, and deletes it with all that was set aside of it. */
    public void remove() {
        mutex.lock();
        try {
            closed = true;
            folder.remove();
        } finally {
            mutex.unlock();
        }
    }

    /**
     * Deletes what there is of a clone that nobody has open.
     *
     * @throws GitFailure when somebody has
     */
    public static void remove(Path folder) {
        CloneFolder.claim(folder).remove();
    }

    private boolean readTips() {
        tips.clear();
        upstream.here()
                .run("for-each-ref", "--format=%(objectname) %(refname)", Upstream.REFS)
                .lines()
                .forEach(line -> Upstream.branch(line.substring(line.indexOf(' ') + 1))
                        .ifPresent(
                                branch -> tips.put(branch, new Sha(line.substring(0, line.indexOf(' '))))));
        return true;
    }

    private <T> T guarded(Supplier<T> work) {
        mutex.lock();
        try {
            requireOpen();
            return withGoodCredentials(work);
        } catch (GitFailure e) {
            if (closed) {
                throw e;
            }
            folder.sweep();
            if (e.kind() != GitFailure.Kind.CORRUPT || remade) {
                throw e;
            }
            remake(e);
            return work.get();
        } finally {
            mutex.unlock();
        }
    }

    /** What the remote refused for want of good credentials has had no effect. */
    private <T> T withGoodCredentials(Supplier<T> work) {
        try {
            return work.get();
        } catch (GitFailure e) {
            if (closed || !upstream.renewsAfter(e)) {
                throw e;
            }
            folder.sweep();
            return work.get();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new GitFailure(GitFailure.Kind.OTHER, "clone", -1, "the clone at " + folder.path() + " was given up");
        }
    }

    private void remake(GitFailure why) {
        remade = true;
        var branches = List.copyOf(tips.keySet());
        try {
            folder.replace(git);
            tips.clear();
            lastIndex.clear();
            branches.forEach(this::fetch);
        } catch (GitFailure e) {
            e.addSuppressed(why);
            throw e;
        }
    }
}
