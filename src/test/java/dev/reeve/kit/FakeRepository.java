package dev.reeve.kit;

import dev.reeve.model.RepositoryName;
import dev.reeve.model.Sha;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A repository at GitHub: its pull requests and check runs, and the bare git repository that holds its commits. */
public final class FakeRepository {

    private static final AtomicLong RUN_IDS = new AtomicLong(30_000_000_000L);

    private final long id;
    private volatile RepositoryName name;
    private final Path bare;
    private final BareGit git;
    private final InstantSource clock;
    private volatile FakeInstallation installation;
    private final SortedMap<Integer, FakePull> pulls = new ConcurrentSkipListMap<>();
    private final List<FakeCheckRun> checkRuns = new CopyOnWriteArrayList<>();
    private final List<FakeStatus> statuses = new CopyOnWriteArrayList<>();
    private final Map<String, List<String>> rules = new ConcurrentHashMap<>();
    private final Map<String, List<String>> classic = new ConcurrentHashMap<>();
    private final FakePeople people = new FakePeople();
    private volatile boolean installed = true;
    private volatile boolean readOnly;
    private volatile boolean archived;
    private volatile boolean signs = true;
    private volatile boolean late;

    FakeRepository(long id, RepositoryName name, Path bare, FakeInstallation installation, InstantSource clock) {
        this.id = id;
        this.name = name;
        this.bare = bare;
        this.git = new BareGit(bare);
        this.installation = installation;
        this.clock = clock;
    }

    public RepositoryName name() {
        return name;
    }

    /** The bare git repository. */
    public Path bare() {
        return bare;
    }

    public long id() {
        return id;
    }

    /** Opens a pull request with this number into the default branch; say the rest on what is returned. */
    public FakePull openPull(int number) {
        var pull = new FakePull(this, number, defaultBranch(), now());
        if (pulls.putIfAbsent(number, pull) != null) {
            throw new IllegalStateException("#" + number + " is open already");
        }
        return pull;
    }

    /** The pull request with this number, which a test has opened. */
    public FakePull pull(int number) {
        return Optional.ofNullable(pulls.get(number)).orElseThrow();
    }

    List<FakePull> pulls() {
        return List.copyOf(pulls.values()).reversed();
    }

    /** Check runs, oldest first. */
    public List<FakeCheckRun> checkRuns() {
        return List.copyOf(checkRuns);
    }

    /** The check run of this name that GitHub shows at a commit: the newest. */
    public Optional<FakeCheckRun> checkRun(Sha head, String checkName) {
        return checkRuns().reversed()
                .stream()
                .filter(run -> run.head().equals(head) && run.name().equals(checkName))
                .findFirst();
    }

    /** A run of another App, by whatever name. */
    public FakeCheckRun foreignRun(long app, Sha head, String checkName, String externalId) {
        var run = new FakeCheckRun(nextRunId(), app, head, checkName, externalId, "completed", "success", "t", "s", "",
                List.of());
        checkRuns.add(run);
        return run;
    }

    /**
     * A run of GitHub's own continuous integration.
     *
     * @param conclusion {@code success}; null while it runs
     */
    public FakeRepository ci(Sha head, String checkName, @Nullable String conclusion) {
        checkRuns.add(new FakeCheckRun(nextRunId(), 15_368, head, checkName, null,
                conclusion == null ? "in_progress" : "completed", conclusion, "", "", "", List.of()));
        return this;
    }

    /** A status that somebody set at a commit, {@code success}. */
    public FakeRepository status(Sha head, String context, String state) {
        statuses.add(new FakeStatus(nextRunId(), head, context, state));
        return this;
    }

    /** What GitHub shows of a commit's statuses: the newest of each context. */
    List<FakeStatus> statuses(Sha head) {
        var newest = new LinkedHashMap<String, FakeStatus>();
        statuses.stream().filter(one -> one.head().equals(head)).forEach(one -> newest.put(one.context(), one));
        return List.copyOf(newest.values());
    }

    static long nextRunId() {
        return RUN_IDS.incrementAndGet();
    }

    void add(FakeCheckRun run) {
        checkRuns.add(run);
    }

    void replace(FakeCheckRun run) {
        checkRuns.replaceAll(old -> old.id() == run.id() ? run : old);
    }

    /** The installation that covers it, shared by all repositories of its owner. */
    public FakeInstallation installation() {
        return installation;
    }

    public void uninstall() {
        installed = false;
    }

    public void install() {
        installed = true;
    }

    /** People may read it and not push to it. */
    public FakeRepository readOnly() {
        readOnly = true;
        return this;
    }

    /** Nothing can be written any more until it is unarchived. */
    public void archive() {
        archived = true;
    }

    public void unarchive() {
        archived = false;
    }

    boolean isArchived() {
        return archived;
    }

    void call(RepositoryName other, FakeInstallation by) {
        name = other;
        installation = by;
    }

    /** What GitHub sends when something about the repository itself changed: {@code renamed}, {@code archived} … */
    public FakeDelivery repositoryEvent(String action) {
        return FakePayloads.repository(this, action);
    }

    /** A ruleset asks for these of a branch: {@code pull_request}. It only shows; what is refused is for a hook to say. */
    public FakeRepository rules(String branch, List<String> types) {
        rules.put(branch, types);
        return this;
    }

    /** A classic protection of a branch, with these checks required. It only shows; what is refused is for a hook to say. */
    public FakeRepository protectClassically(String branch, String... checks) {
        classic.put(branch, List.of(checks));
        return this;
    }

    Optional<List<String>> classicChecks(String branch) {
        return Optional.ofNullable(classic.get(branch));
    }

    List<String> rules(String branch) {
        return rules.getOrDefault(branch, List.of());
    }

    /** An Enterprise Server on which web commit signing isn't set up. */
    public void signsNothing() {
        signs = false;
    }

    boolean signs() {
        return signs;
    }

    /** Commits that are made by the API from now on aren't shown to git yet. */
    public void showsCommitsLate() {
        late = true;
    }

    /** Git is shown all of them. */
    public void showsCommits() {
        late = false;
        git.showHidden();
    }

    void madeByApi(Sha commit) {
        if (late) {
            git.hide(commit);
        }
    }

    /** GitHub has signed this commit. Hooks find it in the file {@code verified}. */
    void verify(Sha commit) {
        try {
            Files.writeString(verified(), commit + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean isVerified(Sha commit) {
        try {
            return Files.exists(verified()) && Files.readAllLines(verified()).contains(commit.value());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path verified() {
        return bare.resolve("verified");
    }

    boolean isReadOnly() {
        return readOnly;
    }

    boolean isInstalled() {
        return installed;
    }

    public String defaultBranch() {
        return git.defaultBranch();
    }

    BareGit git() {
        return git;
    }

    Instant now() {
        return clock.instant();
    }

    /** What GitHub sends about a pull request: {@code opened}, {@code synchronize}, {@code closed} … */
    public FakeDelivery pullRequestEvent(int number, String action) {
        return FakePayloads.pullRequest(this, pull(number), action);
    }

    /** Who may do what here. */
    public FakePeople people() {
        return people;
    }

    /** What GitHub sends about checks, queues and reviews. */
    public FakeCheckEvents checkEvents() {
        return new FakeCheckEvents(this);
    }

    /** What GitHub sends about a push that moved a branch. */
    public FakeDelivery pushEvent(String branch, Sha before, Sha after) {
        return FakePayloads.push(this, branch, before, after);
    }
}
