package dev.reeve.bench;

import dev.reeve.git.CommitSpec;
import dev.reeve.git.Credentials;
import dev.reeve.git.Entry;
import dev.reeve.git.FetchResult;
import dev.reeve.git.FileMode;
import dev.reeve.git.Git;
import dev.reeve.git.Identity;
import dev.reeve.git.ManagedClone;
import dev.reeve.git.PushResult;
import dev.reeve.git.Trailer;
import dev.reeve.kit.GitHttpServer;
import dev.reeve.kit.GitRepositories;
import dev.reeve.model.BranchName;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskPath;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * From a merge on the remote to the commit that completes its task there: our path (fetch, find the slug, read, commit,
 * push) against a shell script of the bare git commands that do the same (fetch, show, hash-object, read-tree,
 * update-index, write-tree, commit-tree, push) in a full bare clone. Runs are alternated; medians are printed.
 *
 * <p>Arguments: rounds (25), then numbers of tasks in the repository (100 10000).
 */
public final class CommitWithoutWorktree {

    private static final BranchName MAIN = new BranchName("main");
    private static final TaskPath TASKS = new TaskPath("tasks");
    private static final Slug SLUG = new Slug("task-7");
    private static final Identity REEVE = new Identity("Reeve", "reeve@example.com");
    private static final String BARE = """
            set -e
            cd "$0"
            git fetch -q "$1" +refs/heads/main:refs/heads/main
            git show main:tasks/m0/task-7.md | sed 's/status: .*/status: completed/' > new
            blob=$(git hash-object -w new)
            export GIT_INDEX_FILE=new.index
            git read-tree main
            git update-index --cacheinfo 100644,$blob,tasks/m0/task-7.md
            commit=$(git commit-tree -p main -m 'Complete task-7' $(git write-tree))
            git push -q "$1" $commit:refs/heads/main
            """;

    private final GitRepositories.Remote remote;
    private final Path bare;
    private final int rounds;
    private int merges;

    private CommitWithoutWorktree(GitRepositories.Remote remote, Path bare, int rounds) {
        this.remote = remote;
        this.bare = bare;
        this.rounds = rounds;
    }

    /** Runs it. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 25;
        var sizes = args.length > 1 ? List.of(args).subList(1, args.length) : List.of("100", "10000");
        for (var size : sizes) {
            var folder = Files.createTempDirectory("reeve-bench");
            var remote = remote(folder, Integer.parseInt(size));
            try (var server = GitHttpServer.of(folder)) {
                var bench = new CommitWithoutWorktree(remote, folder.resolve("bare.git"), rounds);
                GitRepositories.git(folder, "clone", "-q", "--bare", remote.url(), bench.bare.toString());
                bench.compare(size + " tasks, file", folder.resolve("file"), remote.url());
                bench.compare(size + " tasks, http", folder.resolve("http"), server.url(remote));
            }
        }
    }

    private static GitRepositories.Remote remote(Path folder, int tasks) {
        var remote = new GitRepositories(folder).remote("acme");
        var commit = remote.commit("main");
        for (int i = 0; i < tasks; i++) {
            commit.file("tasks/m" + i / 100 + "/task-" + i + ".md", "---\ntitle: Task " + i + "\nstatus: ready\n---\n");
        }
        commit.push("tasks");
        return remote;
    }

    private void compare(String what, Path folder, String url) throws IOException, InterruptedException {
        var ours = new ArrayList<Long>();
        var theirs = new ArrayList<Long>();
        try (var clone = ManagedClone.open(Git.onPath(), folder, url, Credentials::none)) {
            for (int i = -3; i < rounds; i++) {
                merge();
                long begun = System.nanoTime();
                complete(clone);
                long between = System.nanoTime();
                merge();
                long begunBare = System.nanoTime();
                script(url);
                long ended = System.nanoTime();
                if (i >= 0) {
                    ours.add(between - begun);
                    theirs.add(ended - begunBare);
                }
            }
        }
        System.out.printf(Locale.ROOT, "%-20s ours %6.1f ms   bare git %6.1f ms   ratio %.2f%n", what, median(ours),
                median(theirs), median(ours) / median(theirs));
    }

    /** What a merged pull request does to the remote. */
    private void merge() {
        merges++;
        remote.commit("main")
                .file("tasks/m0/task-7.md", "---\ntitle: Task 7\nstatus: ready\n# " + merges + "\n---\n")
                .file("src/code", "code " + merges)
                .push("Merge pull request #" + merges);
    }

    private static void complete(ManagedClone clone) {
        var tip = ((FetchResult.Fetched) clone.fetch(MAIN)).tip();
        var path = clone.tasks(tip, TASKS).find(SLUG).getFirst();
        var file = (Entry.RegularFile) clone.read(tip, List.of(path)).values().iterator().next();
        var edited = new String(file.content(), UTF_8).replaceFirst("status: .*", "status: completed");
        var spec = new CommitSpec("Complete task-7", List.of(new Trailer("Reeve-Task", "task-7")), REEVE, REEVE,
                Instant.ofEpochSecond(1_800_000_000),
                List.of(new CommitSpec.Change(path, FileMode.REGULAR, edited.getBytes(UTF_8))));
        if (!(clone.push(MAIN, tip, List.of(spec)) instanceof PushResult.Pushed)) {
            throw new IllegalStateException("not pushed");
        }
    }

    private void script(String url) throws IOException, InterruptedException {
        var process = new ProcessBuilder("sh", "-c", BARE, bare.toString(), url).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("the bare commands failed");
        }
    }

    private static double median(List<Long> nanos) {
        var sorted = new ArrayList<>(nanos);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2) / 1e6;
    }
}
