package dev.reeve.bench;

import dev.reeve.kit.FakeCheckRun;
import dev.reeve.kit.FakeGitHub;
import dev.reeve.kit.FakePull;
import dev.reeve.kit.FakeRepository;
import dev.reeve.kit.GitRepositories;
import dev.reeve.kit.Project;
import org.awaitility.Awaitility;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static dev.reeve.kit.GitRepositories.git;

/** A repository of many tasks at a GitHub, in which a pull request for each is merged while the server is being killed. */
final class HammeredWorld implements AutoCloseable {

    static final String REPOSITORY = "acme/shop";
    static final String SECRET = "a secret of the hammer";

    private final Path remotes;
    private final GitRepositories.Remote remote;
    private final FakeGitHub gitHub = FakeGitHub.start(InstantSource.system());
    private final FakeRepository repository;
    private final List<String> slugs;
    private final HammeredFiles files;
    private int opened;

    /**
     * Makes it.
     *
     * @param remotes an empty folder
     * @param tasks how many there are, t1, t2 …
     */
    HammeredWorld(Path remotes, int tasks) {
        this.remotes = remotes;
        this.slugs = IntStream.rangeClosed(1, tasks).mapToObj(n -> "t" + n).toList();
        this.remote = new GitRepositories(remotes).remote(REPOSITORY);
        var first = remote.commit("main").file(".gitignore", ".tasks/\ntasks/logs/\n");
        slugs.forEach(slug -> first.file("tasks/" + slug + ".md", Project.taskFile("Task " + slug, "ready")));
        this.files = new HammeredFiles(remote, first.push("Tasks"));
        this.repository = gitHub.repository(REPOSITORY, remote.path());
    }

    List<String> slugs() {
        return slugs;
    }

    GitRepositories.Remote remote() {
        return remote;
    }

    FakeRepository repository() {
        return repository;
    }

    FakeGitHub gitHub() {
        return gitHub;
    }

    /** What a server of this world has in its environment. */
    Map<String, String> environment(Path data) {
        return Map.of("GITHUB_APP_ID", String.valueOf(gitHub.app().id()), "GITHUB_APP_PRIVATE_KEY",
                gitHub.app().privateKeyPem(), "GITHUB_WEBHOOK_SECRET", SECRET, "GITHUB_API_URL",
                gitHub.apiUrl().toString(), "GITHUB_SERVER_URL", remotes.toUri().toString(), "REEVE_DATA_DIR",
                data.toString(), "PORT", "0");
    }

    /** How many pull requests there are: the first so many tasks have one each, of the same number. */
    int opened() {
        return opened;
    }

    /** Opens a pull request for the next task. */
    FakePull open() {
        int number = ++opened;
        var branch = "task/t" + number;
        remote.branch(branch, "main");
        remote.commit(branch).file("work/" + number, "done\n").push("Work");
        return repository.openPull(number).from(branch).by("dave");
    }

    /** Merges it; the server's own pushes may be faster once or twice. */
    static void merge(FakePull pull) {
        Awaitility.await().ignoreExceptions().until(() -> pull.merge() != null);
    }

    /** Slug by slug, how many commits on the default branch completed it. */
    Map<String, Integer> completions() {
        var counts = new HashMap<String, Integer>();
        git(remote.path(), "log", "--format=%(trailers:key=Reeve-Task,valueonly,separator=%x2C)", "main").lines()
                .filter(slug -> !slug.isBlank())
                .forEach(slug -> counts.merge(slug, 1, Integer::sum));
        return counts;
    }

    /** How many pull requests have no check run that says that their task was completed. */
    int untold() {
        return (int) IntStream.rangeClosed(1, opened)
                .filter(n -> repository.checkRun(repository.pull(n).headSha(), "reeve")
                        .filter(run -> run.title().startsWith("Completed"))
                        .isEmpty())
                .count();
    }

    /** The files on the default branch that changed and should not have, or should have and didn't, or changed by more than a completion. */
    List<String> wrongFiles() {
        var tasks = IntStream.rangeClosed(1, opened).mapToObj(n -> "tasks/t" + n + ".md").toList();
        var work = IntStream.rangeClosed(1, opened).mapToObj(n -> "work/" + n);
        return Stream
                .concat(files.unexpected(Stream.concat(tasks.stream(), work).collect(Collectors.toSet())).stream(),
                        files.spoilt(tasks).stream())
                .toList();
    }

    /** The pull requests whose head hasn't got just one check run that has come to its end. */
    List<Integer> oddlyChecked() {
        return IntStream.rangeClosed(1, opened).boxed().filter(n -> {
            var head = repository.pull(n).headSha();
            var runs = repository.checkRuns().stream().filter(run -> run.head().equals(head)).toList();
            return runs.size() != 1 || !runs.getFirst().status().equals("completed")
                    || !"success".equals(runs.getFirst().conclusion());
        }).toList();
    }

    /** How often the repository was swept: each sweep lists its pull requests. */
    long sweeps() {
        return gitHub.count("GET /repos/" + REPOSITORY + "/pulls");
    }

    /** How many check runs have not come to an end. */
    int leftOpen() {
        return (int) repository.checkRuns()
                .stream()
                .map(FakeCheckRun::status)
                .filter(s -> !s.equals("completed"))
                .count();
    }

    @Override
    public void close() {
        gitHub.close();
    }
}
