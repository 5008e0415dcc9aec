package dev.reeve.git;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.failsafe.function.CheckedSupplier;
import dev.reeve.model.BranchName;
import dev.reeve.model.Sha;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What a managed clone asks of its remote.
 *
 * <p>The first fetch brings commits and trees only; later ones bring new files of up to 64 KiB with them, as task files
 * are; whatever else is read comes in one further round trip.
 *
 * <p>The repository's own configuration knows neither its remote nor that it is partial: both are said to the commands
 * that may fetch. So no other command, not even a push in search of a base for a delta, can begin to transfer anything,
 * and what isn't here is just not here.
 */
final class Upstream {

    /** Where fetched branches are kept, apart from all that git itself has ideas about. */
    static final String REFS = "refs/reeve/";
    private static final String NO_BLOBS = "--filter=blob:none";
    private static final String SMALL_BLOBS = "--filter=blob:limit=64k";
    private static final String ALL_BLOBS = "--no-filter";
    /** How git says that the remote doesn't have what was asked for. */
    private static final List<String> ABSENT = List.of("couldn't find remote ref", "not our ref", "no such remote ref");

    /** How git says that it was not who should ask, as opposed to what was asked for. */
    private static final Pattern NOT_ACCEPTED = Pattern
            .compile("(?i)authentication failed|could not read (username|password)|error: 401|HTTP 401");

    private static final RetryPolicy<Object> AGAIN = RetryPolicy.builder()
            .handleIf(e -> e instanceof GitFailure failure && failure.kind() == GitFailure.Kind.TRANSPORT
                    && !Thread.currentThread().isInterrupted())
            .withMaxRetries(2)
            .withBackoff(Duration.ofMillis(100), Duration.ofSeconds(1))
            .withJitter(0.5)
            .build();

    private final Git git;
    private final Path folder;
    private final String url;
    private final CredentialSource credentials;
    private @Nullable Credentials used;

    Upstream(Git git, Path folder, String url, CredentialSource credentials) {
        this.git = git;
        this.folder = folder;
        this.url = url;
        this.credentials = credentials;
    }

    FetchResult fetch(BranchName branch, Optional<Sha> previous) {
        return reading(() -> fetchOnce(branch, previous));
    }

    private FetchResult fetchOnce(BranchName branch, Optional<Sha> previous) {
        var output = fetching().accept(1, 128)
                .run("fetch", "--no-tags", "--no-progress", "--no-auto-maintenance", "--no-recurse-submodules",
                        previous.isPresent() ? SMALL_BLOBS : NO_BLOBS, "origin",
                        "+" + branch.ref() + ":" + ref(branch));
        if (output.exitCode() == 0) {
            var tip = fetchHead();
            return new FetchResult.Fetched(tip, previous, FetchResult.Movement.of(previous, tip, output.errors()));
        }
        if (isAbsent(output)) {
            return new FetchResult.Missing();
        }
        throw GitFailure.of("fetch", output.exitCode(), output.errors());
    }

    /** What git just fetched, read from the file where it notes that: one process less than to ask. */
    private Sha fetchHead() {
        try (var lines = Files.lines(folder.resolve("FETCH_HEAD"), ISO_8859_1)) {
            return lines.findFirst()
                    .flatMap(line -> Sha.parse(line.substring(0, Math.max(0, line.indexOf('\t')))))
                    .orElseThrow(() -> new GitFailure(GitFailure.Kind.CORRUPT, "fetch", -1, "FETCH_HEAD is empty"));
        } catch (IOException e) {
            throw new UncheckedIOException("git left no FETCH_HEAD", e);
        }
    }

    /** Says what is here, so that only the rest of its history is sent. False when the remote doesn't have it, or doesn't give it. */
    boolean fetchCommit(Sha commit) {
        return fetchObjects(this::fetching, SMALL_BLOBS, List.of(commit));
    }

    /** As {@link #fetchCommit}, with every file that differs from what is here, however large. */
    boolean fetchWhole(Sha commit) {
        return fetchObjects(this::fetching, ALL_BLOBS, List.of(commit));
    }

    void fetchBlobs(List<Sha> blobs) {
        if (!fetchObjects(this::fetchingBlindly, NO_BLOBS, blobs)) {
            throw new GitFailure(GitFailure.Kind.OTHER, "fetch", -1, "the remote no longer has a file's content");
        }
    }

    /** As git itself brings missing objects, but all of them at once. */
    private boolean fetchObjects(Supplier<Command> fetching, String filter, List<Sha> objects) {
        return reading(() -> fetchObjectsOnce(fetching.get(), filter, objects));
    }

    private static boolean fetchObjectsOnce(Command fetching, String filter, List<Sha> objects) {
        var names = objects.stream().map(Sha::value).collect(Collectors.joining("\n", "", "\n"));
        var output = fetching.input(names.getBytes(UTF_8))
                .accept(1, 128)
                .run("fetch", "--no-tags", "--no-progress", "--no-auto-maintenance", "--no-recurse-submodules",
                        "--no-write-fetch-head", filter, "--stdin", "origin");
        if (output.exitCode() != 0 && !isAbsent(output)) {
            throw GitFailure.of("fetch", output.exitCode(), output.errors());
        }
        return output.exitCode() == 0;
    }

    /** Reading does no harm however often it is done. What breaks off is tried again here, since whoever fetches would ask GitHub everything anew. */
    private static <T> T reading(CheckedSupplier<T> fetch) {
        try {
            return Failsafe.with(AGAIN).get(fetch);
        } catch (FailsafeException e) {
            // Only an interrupt while it waited for the next try ends up here.
            Thread.currentThread().interrupt();
            throw new GitFailure(GitFailure.Kind.TIMED_OUT, "fetch", -1, "interrupted");
        }
    }

    private static boolean isAbsent(Output output) {
        return ABSENT.stream().anyMatch(output.errors()::contains);
    }

    /** One level, because git can't have {@code a} and {@code a/b} at once, and a repository may rename one to the other. */
    private static String ref(BranchName branch) {
        return REFS + branch.value().replace("%", "%25").replace("/", "%2F");
    }

    /** The branch that is kept in a ref. */
    static Optional<BranchName> branch(String ref) {
        return BranchName.parse(ref.substring(REFS.length()).replace("%2F", "/").replace("%25", "%"));
    }

    /** A command that stays on this machine. */
    Command here() {
        return isolated(git.in(folder));
    }

    /** Says that the remote promises what is missing here. */
    Command partial(Command command) {
        return command.config("remote.origin.promisor", "true").config("remote.origin.partialCloneFilter", "blob:none");
    }

    /** A command that may talk to the remote, which it knows as {@code origin}. */
    Command command() {
        var mine = credentials.get();
        used = mine;
        return here().config("remote.origin.url", url).overNetwork().credentials(url, mine);
    }

    /** Whether the command that failed so is worth another try: its token isn't good any more, and there is another one. */
    boolean renewsAfter(GitFailure failure) {
        var refused = used;
        return refused != null && failure.kind() == GitFailure.Kind.AUTHENTICATION
                && NOT_ACCEPTED.matcher(failure.detail()).find() && credentials.renew(refused);
    }

    /** Without saying what is here: for what has no history. */
    private Command fetchingBlindly() {
        return fetching().config("fetch.negotiationAlgorithm", "noop");
    }

    private Command fetching() {
        return partial(command());
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
