package dev.reeve.git;

import dev.reeve.model.BranchName;
import dev.reeve.model.Sha;
import dev.reeve.model.TaskPath;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The server's clone of one repository: bare, one branch at a time, contents on demand. Nobody else uses it, so a damaged
 * one is set aside ({@code <folder>.broken}) and made anew, once; nothing in it exists nowhere else.
 *
 * <p>What a fetch transfers: the first brings commits and trees only; later ones bring new files of up to 64 KiB with
 * them, as task files are; whatever else {@link #read} needs comes in one further round trip.
 *
 * <p>The repository's own configuration knows neither its remote nor that it is partial: both are said to the commands
 * that may talk to the remote. So no other command can begin to transfer anything, and what isn't here is just not here.
 *
 * <p><i>Threading:</i> safe; a mutex lets one git command work in it at a time.
 */
public final class ManagedClone implements AutoCloseable {

    private static final String REFS = "refs/reeve/";
    private static final String NO_BLOBS = "--filter=blob:none";
    private static final String SMALL_BLOBS = "--filter=blob:limit=64k";
    /** The server's branch can't vanish between its advertisement and the transfer in another way than these. */
    private static final List<String> ABSENT = List.of("couldn't find remote ref", "not our ref", "no such remote ref");

    private final ReentrantLock mutex = new ReentrantLock();
    private final Git git;
    private final CloneFolder folder;
    private final String url;
    private final Supplier<Credentials> credentials;
    private final Map<BranchName, Sha> tips = new HashMap<>();
    private final Trees trees = new Trees(this::here, this::fetchBlobs);
    private final History history = new History(this::here);
    private final TaskListing listing = new TaskListing(this::here);
    private SoftReference<TaskIndex> lastIndex = new SoftReference<>(null);
    private boolean remade;

    private ManagedClone(Git git, CloneFolder folder, String url, Supplier<Credentials> credentials) {
        this.git = git;
        this.folder = folder;
        this.url = url;
        this.credentials = credentials;
    }

    /**
     * Opens the clone in this folder, or makes it. Talks to no remote yet. It is this process's alone until it is closed.
     *
     * @param url {@code https://}, {@code http://} or {@code file://}, without user or password
     * @param credentials asked before every command that talks to the remote
     * @throws GitFailure when another process has the clone open
     * @throws IllegalArgumentException when it is another kind of URL
     */
    public static ManagedClone open(Git git, Path folder, String url, Supplier<Credentials> credentials) {
        requirePlain(url);
        var claimed = CloneFolder.claim(folder);
        try {
            var clone = new ManagedClone(git, claimed, url, credentials);
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
            var previous = Optional.ofNullable(tips.get(branch));
            var output = remote().accept(1, 128)
                    .run("fetch", "--no-tags", "--no-progress", "--no-auto-maintenance", "--no-recurse-submodules",
                            previous.isPresent() ? SMALL_BLOBS : NO_BLOBS, "origin",
                            "+" + branch.ref() + ":" + ref(branch));
            if (output.exitCode() == 0) {
                return fetched(branch, previous, output.errors());
            }
            if (ABSENT.stream().anyMatch(output.errors()::contains)) {
                return new FetchResult.Missing();
            }
            throw GitFailure.of("fetch", output.exitCode(), output.errors());
        });
    }

    private FetchResult fetched(BranchName branch, Optional<Sha> previous, String errors) {
        var tip = fetchHead();
        tips.put(branch, tip);
        return new FetchResult.Fetched(tip, previous, FetchResult.Movement.of(previous, tip, errors));
    }

    private Sha fetchHead() {
        try (var lines = Files.lines(folder.path().resolve("FETCH_HEAD"), ISO_8859_1)) {
            return lines.findFirst()
                    .flatMap(line -> Sha.parse(line.substring(0, Math.max(0, line.indexOf('\t')))))
                    .orElseThrow(() -> new GitFailure(GitFailure.Kind.CORRUPT, "fetch", -1, "FETCH_HEAD is empty"));
        } catch (IOException e) {
            throw new UncheckedIOException("git left no FETCH_HEAD", e);
        }
    }

    /**
     * Brings one commit, wherever the remote has it (the head of a pull request, say).
     *
     * @return false when the remote has no such commit, or doesn't give it
     */
    public boolean fetchCommit(Sha commit) {
        return guarded(() -> history.exists(commit) || fetchObjects(SMALL_BLOBS, List.of(commit)));
    }

    private void fetchBlobs(List<Sha> blobs) {
        if (!fetchObjects(NO_BLOBS, blobs)) {
            throw new GitFailure(GitFailure.Kind.OTHER, "fetch", -1, "the remote no longer has a file's content");
        }
    }

    private boolean fetchObjects(String filter, List<Sha> objects) {
        var names = objects.stream().map(Sha::value).collect(Collectors.joining("\n", "", "\n"));
        var output = remote().config("fetch.negotiationAlgorithm", "noop")
                .input(names.getBytes(UTF_8))
                .accept(1, 128)
                .run("fetch", "--no-tags", "--no-progress", "--no-auto-maintenance", "--no-recurse-submodules",
                        "--no-write-fetch-head", filter, "--stdin", "origin");
        if (output.exitCode() != 0 && ABSENT.stream().noneMatch(output.errors()::contains)) {
            throw GitFailure.of("fetch", output.exitCode(), output.errors());
        }
        return output.exitCode() == 0;
    }

    /** The remote's default branch; nothing when it doesn't say, as an empty repository doesn't. Talks to the remote. */
    public Optional<BranchName> defaultBranch() {
        return guarded(() -> Remote.defaultBranch(remote()));
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

    /**
     * What {@code after} reaches and {@code before} doesn't, newest first.
     *
     * @param limit how many at most
     * @return nothing when one of the commits isn't here
     */
    public Optional<List<Commit>> commits(Sha before, Sha after, int limit) {
        return guarded(() -> history.commits(before, after, limit));
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
                var result = Push.of(outgoing(remote()), branch, expected, made);
                if (result instanceof PushResult.Pushed) {
                    folder.adoptOutgoing();
                }
                return result;
            } finally {
                CloneFolder.delete(folder.outgoing());
            }
        });
    }

    private List<Sha> make(Sha parent, List<CommitSpec> commits) {
        folder.clearOutgoing();
        return outgoing(here()).config("fastimport.unpackLimit", "0")
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
        guarded(() -> partial().overNetwork()
                .config("gc.auto", "2000")
                .config("gc.autoPackLimit", "60")
                .config("gc.pruneExpire", "1.day.ago")
                .run("gc", "--auto", "--quiet"));
    }

    @Override
    public void close() {
        mutex.lock();
        try {
            folder.close();
        } finally {
            mutex.unlock();
        }
    }

    private boolean readTips() {
        tips.clear();
        here().run("for-each-ref", "--format=%(objectname) %(refname)", REFS)
                .lines()
                .forEach(line -> branch(line.substring(line.indexOf(' ') + 1 + REFS.length())).ifPresent(
                        branch -> tips.put(branch, new Sha(line.substring(0, line.indexOf(' '))))));
        return true;
    }

    /** One level, because git can't have {@code a} and {@code a/b} at once, and a repository may rename one to the other. */
    private static String ref(BranchName branch) {
        return REFS + branch.value().replace("%", "%25").replace("/", "%2F");
    }

    private static Optional<BranchName> branch(String encoded) {
        return BranchName.parse(encoded.replace("%2F", "/").replace("%25", "%"));
    }

    private <T> T guarded(Supplier<T> work) {
        mutex.lock();
        try {
            return work.get();
        } catch (GitFailure e) {
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

    private Command here() {
        return isolated(git.in(folder.path()));
    }

    private Command partial() {
        return here().config("remote.origin.promisor", "true").config("remote.origin.partialCloneFilter", "blob:none");
    }

    private Command remote() {
        return partial().config("remote.origin.url", url).overNetwork().credentials(url, credentials.get());
    }

    /** Without what the person who runs Reeve has configured for their own work, and never following a token elsewhere. */
    static Command isolated(Command command) {
        return command.environment("GIT_CONFIG_GLOBAL", "/dev/null")
                .environment("GIT_DIR", ".")
                .environment("GIT_ALLOW_PROTOCOL", "file:http:https")
                .config("credential.helper", "")
                .config("http.followRedirects", "false");
    }
}
