package dev.reeve.git;

import dev.reeve.model.BranchName;
import dev.reeve.model.LocalState;
import dev.reeve.model.Sha;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskPath;
import dev.reeve.model.Text;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * An operator's checkout, possibly a linked worktree. Reeve looks at it with the operator's own git configuration and
 * credentials. It never touches its working tree, index, branches, {@code FETCH_HEAD} or configuration; the things it
 * changes are {@code refs/remotes/origin/<default>} ({@link #fetchDefault}) and linked worktrees: one is made, with its branch
 * ({@link #addWorktree}), or removed where git itself sees nothing to lose ({@link #removeWorktree}).
 *
 * <p><i>Threading:</i> immutable; git's own locks order what happens at once.
 */
public final class Checkout {

    private static final List<BranchName> USUAL = List.of(new BranchName("main"), new BranchName("master"));
    private static final String REMOTE_HEAD = "refs/remotes/origin/HEAD";

    private final Git git;
    private final Path root;
    private final Path commonFolder;
    private final Path gitFolder;
    private final Supplier<Credentials> credentials;
    private final Origin origin;
    private final Trees trees;
    private final History history;
    private final TaskListing listing;
    private final Worktrees worktrees;
    private final LocalStates localStates;

    private Checkout(Git git, Path root, Path commonFolder, Path gitFolder, Supplier<Credentials> credentials) {
        this.git = git;
        this.gitFolder = gitFolder;
        this.root = root;
        this.commonFolder = commonFolder;
        this.credentials = credentials;
        this.origin = new Origin(git, root, credentials);
        this.trees = new Trees(this::here, this::blobsAreMissing);
        this.history = new History(this::here);
        this.listing = new TaskListing(this::here);
        this.worktrees = new Worktrees(git, root, commonFolder);
        this.localStates = new LocalStates(this::here, root, this::head, trees);
    }

    /**
     * The checkout that a folder is in, anywhere in its working tree.
     *
     * @throws GitFailure when the folder is in none, or belongs to somebody whom git doesn't trust
     */
    public static Checkout open(Git git, Path folder) {
        return open(git, folder, Credentials::none);
    }

    /**
     * As {@link #open(Git, Path)}, with credentials of our own for the remote.
     *
     * @param credentials asked before every command that talks to the remote; {@link Credentials#none} leaves it to the
     *        operator's configuration
     */
    public static Checkout open(Git git, Path folder, Supplier<Credentials> credentials) {
        var lines = git.in(folder)
                .run("rev-parse", "--path-format=absolute", "--show-toplevel", "--git-common-dir", "--git-dir")
                .lines()
                .toList();
        if (lines.size() != 3) {
            throw new GitFailure(GitFailure.Kind.OTHER, "rev-parse", -1, "the path of the checkout has a line break");
        }
        return new Checkout(git, Path.of(lines.get(0)), Path.of(lines.get(1)), Path.of(lines.get(2)), credentials);
    }

    /** In a partial clone the operator's configuration made git bring them already, so this is damage. */
    private void blobsAreMissing(List<Sha> blobs) {
        throw new GitFailure(GitFailure.Kind.CORRUPT, "ls-tree", -1,
                "missing blob " + blobs.getFirst() + "; git fsck in " + root + " says more");
    }

    /** The top of its working tree. */
    public Path root() {
        return root;
    }

    /** The git folder that all of its worktrees share. */
    public Path commonFolder() {
        return commonFolder;
    }

    /** The main worktree's checkout, where this one is linked to one; this one where it isn't, or to a bare repository. */
    public Checkout main() {
        return gitFolder.equals(commonFolder) ? this
                : worktrees.main().map(folder -> open(git, folder, credentials)).orElse(this);
    }

    /** The branches here and those of {@code origin} as they were last fetched; whose names git alone allows are left out. */
    public Set<BranchName> branches() {
        return here().run("for-each-ref", "--format=%(refname:lstrip=2)", "refs/heads", "refs/remotes/origin")
                .lines()
                .map(name -> name.startsWith("origin/") ? name.substring("origin/".length()) : name)
                .flatMap(name -> BranchName.parse(name).stream())
                .collect(Collectors.toSet());
    }

    /** The repository that {@code origin} leads to; nothing when there is no such remote, or it is a local path. */
    public Optional<Remote> origin() {
        return origin.remote();
    }

    /** The branch that is checked out; nothing when detached. It may have no commit yet. */
    public Optional<BranchName> currentBranch() {
        return branch(symbolic("HEAD"), "refs/heads/");
    }

    /** The remote's default branch as this checkout remembers it, else as the remote says. May talk to the remote. */
    public Optional<BranchName> defaultBranch() {
        return rememberedDefaultBranch().or(() -> Remote.defaultBranch(origin.command()));
    }

    /** The remote's default branch as this checkout remembers it; costs a process only where git doesn't keep that in a file. */
    public Optional<BranchName> rememberedDefaultBranch() {
        var target = SymbolicRef.read(commonFolder.resolve(REMOTE_HEAD)).orElseGet(() -> symbolic(REMOTE_HEAD));
        return branch(target, "refs/remotes/origin/");
    }

    /**
     * The default branch as far as this checkout knows by itself: as it remembers the remote's; else {@code main} or {@code master}, whichever is there; else
     * what is checked out. It is the same whatever is checked out, where there is one of these.
     */
    public BranchName presumedDefaultBranch() {
        return rememberedDefaultBranch().or(this::usualBranch).or(this::currentBranch).orElse(USUAL.getFirst());
    }

    private Optional<BranchName> usualBranch() {
        var there = branches();
        return USUAL.stream().filter(there::contains).findFirst();
    }

    private String symbolic(String ref) {
        return here().accept(1).run("symbolic-ref", "--quiet", ref).line();
    }

    private static Optional<BranchName> branch(String target, String prefix) {
        return target.startsWith(prefix) ? BranchName.parse(target.substring(prefix.length())) : Optional.empty();
    }

    /** The commit that is checked out; nothing before the first one. */
    public Optional<Sha> head() {
        return Sha.parse(here().accept(1, 128).run("rev-parse", "--verify", "--quiet", "HEAD^{commit}").line());
    }

    /** Where {@code origin}'s branch stood when it was last fetched here. */
    public Optional<Sha> remoteTip(BranchName branch) {
        return origin.tip(branch);
    }

    /** How many commits there are beyond a branch of {@code origin} as it was last fetched; nothing when that isn't known here. */
    public Optional<Integer> ahead(Sha commit, BranchName base) {
        var output = here().accept(128)
                .run("rev-list", "--count", "--end-of-options", commit.value(), "^" + Origin.tracking(base));
        return output.exitCode() == 0 ? Optional.of(Integer.valueOf(output.line())) : Optional.empty();
    }

    /**
     * The commits that pull requests propose, asked of the remote.
     *
     * @param number the only one that is of interest; all when empty
     */
    public PullRequestRefs pullRequestRefs(Optional<Integer> number) {
        return origin.pullRequests(number);
    }

    /** Brings {@code refs/remotes/origin/<branch>} up to date and no other ref. */
    public FetchResult fetchDefault(BranchName branch) {
        return origin.fetch(branch);
    }

    /**
     * What stands at these paths in a commit (not in the working tree).
     *
     * @throws GitFailure when the commit isn't here
     */
    public Map<TaskPath, Entry> read(Sha commit, Collection<TaskPath> paths) {
        return trees.read(commit, paths);
    }

    /** Which of these paths are regular files in a commit. */
    public Set<TaskPath> regularFiles(Sha commit, Collection<TaskPath> paths) {
        return trees.regularFiles(commit, paths);
    }

    /** Where all the tasks are in a commit. */
    public TaskIndex tasks(Sha commit, TaskPath folder) {
        return listing.index(commit, folder);
    }

    /** The files of some slugs in a commit, without listing all others. */
    public List<TaskPath> find(Sha commit, TaskPath folder, Collection<Slug> slugs) {
        return listing.find(commit, folder, slugs);
    }

    /** The paths that differ between two commits beneath a folder; nothing when one of the commits isn't here. */
    public Optional<List<TaskPath>> changedPaths(Sha before, Sha after, TaskPath under) {
        return history.changedPaths(before, after, under);
    }

    /** Whether the tip reaches the commit; false when one of them isn't here. */
    public boolean isAncestor(Sha commit, Sha tip) {
        return history.isAncestor(commit, tip);
    }

    /** The best common ancestor; nothing when there is none, or one of the commits isn't here. */
    public Optional<Sha> mergeBase(Sha one, Sha other) {
        return history.mergeBase(one, other);
    }

    /** How these files compare with {@code HEAD}, the operator's filters and line ends considered. */
    public Map<TaskPath, LocalState> localStates(Collection<TaskPath> paths) {
        return localStates.of(paths);
    }

    /** The worktrees that are linked to this repository, without the main one: one process, however many there are. */
    public List<LinkedWorktree> worktrees() {
        return worktrees.list();
    }

    /**
     * A look into some of them.
     *
     * @param bases what the default branch is known to reach; what isn't here is left out
     */
    public Inspection inspection(Collection<LinkedWorktree> worktrees, Collection<Sha> bases) {
        return this.worktrees.inspection(worktrees, bases);
    }

    /** How many bytes the files in a worktree have; takes as long as there are files. */
    public static long bytesOnDisk(Path worktree) {
        return Worktrees.bytesOnDisk(worktree);
    }

    /**
     * Makes a linked worktree, or finds the one that has its branch; never by force. Git doesn't bear two of these at once in one repository, so whoever calls
     * it holds a lock meanwhile. Takes as long as there are files to write, and brings missing ones from the remote in a partial clone.
     *
     * @throws GitFailure when the disk is full, a folder can't be written, the base isn't here, or somebody else makes it at this moment
     */
    public Addition addWorktree(NewWorktree wanted) {
        return new Adding(worktrees, origin, commonFolder, wanted).add();
    }

    /** Removes a linked worktree, unless git sees something in it that would be lost. Ignored files go with it. */
    public Removal removeWorktree(Path worktree) {
        return worktrees.remove(worktree);
    }

    /** The e-mail address in git's configuration. */
    public Optional<String> userEmail() {
        return config("user.email");
    }

    /**
     * A value of git's configuration as it applies here.
     *
     * @throws IllegalArgumentException when it is no name of a key
     */
    public Optional<String> config(String key) {
        if (!key.matches("[A-Za-z][A-Za-z0-9-]*(\\.[A-Za-z0-9_-]+)*\\.[A-Za-z][A-Za-z0-9-]*")) {
            throw new IllegalArgumentException("not a key of git's configuration: " + Text.quoted(key));
        }
        var output = here().accept(1).run("config", "--null", "--get", key);
        return output.fields().stream().findFirst().filter(value -> output.exitCode() == 0);
    }

    private Command here() {
        return git.in(root);
    }
}
