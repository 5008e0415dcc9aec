package dev.reeve.bench;

import dev.reeve.app.Server;
import dev.reeve.config.Configured;
import dev.reeve.config.Inputs;
import dev.reeve.config.ServerConfiguration;
import dev.reeve.kit.GitHttpServer;
import dev.reeve.kit.GitRepositories;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * From the first byte of the webhook of a merge to the completion commit on the remote: the real server with a quick stand-in for GitHub's API, against a
 * shell script of the bare git commands that such a change needs over the same transport. Runs are alternated; medians are printed. Then
 * fifty merges at once, and into how many pushes they go.
 *
 * <p>Argument: rounds (25).
 */
public final class MergeToCommit {

    private static final String SECRET = "a secret of the benchmark";
    private static final String BARE = """
            set -e
            cd "$0"
            git fetch -q "$1" +refs/heads/main:refs/heads/main
            git show main:tasks/m0/$2.md | sed 's/status: .*/status: completed/' > new
            blob=$(git hash-object -w new)
            export GIT_INDEX_FILE=new.index
            git read-tree main
            git update-index --cacheinfo 100644,$blob,tasks/m0/$2.md
            commit=$(git commit-tree -p main -m "Complete $2" $(git write-tree))
            git push -q "$1" $commit:refs/heads/main
            """;

    private final Path folder;
    private final GitRepositories.Remote remote;
    private final BenchGitHub gitHub = new BenchGitHub("acme/shop");
    private final HttpClient http = HttpClient.newHttpClient();
    private final int rounds;
    private int next = 1;

    private MergeToCommit(Path folder, int rounds) {
        this.folder = folder;
        this.rounds = rounds;
        this.remote = new GitRepositories(folder).remote("acme/shop");
        GitRepositories.git(remote.path(), "config", "core.logAllRefUpdates", "true");
    }

    /** Runs it. */
    public static void main(String[] args) throws Exception {
        var folder = Files.createTempDirectory("reeve-bench").toRealPath();
        var bench = new MergeToCommit(folder, args.length > 0 ? Integer.parseInt(args[0]) : 25);
        bench.fill();
        try (var git = GitHttpServer.of(folder)) {
            bench.measure("file", folder.toUri().toString());
            var url = git.url(bench.remote);
            bench.measure("http", url.substring(0, url.indexOf("/acme/")));
        }
        System.exit(0);
    }

    private void fill() {
        var commit = remote.commit("main");
        for (int i = 1; i <= 1_000; i++) {
            commit.file("tasks/m0/task-" + i + ".md",
                    "---\ntitle: Task " + i + "\nowner: dave\nstatus: ready\n---\n## Problem\n");
        }
        commit.push("tasks");
    }

    private void measure(String transport, String serverUrl) throws Exception {
        var clone = folder.resolve("bare-" + transport + ".git");
        var url = serverUrl + (serverUrl.endsWith("/") ? "" : "/") + "acme/shop.git";
        GitRepositories.git(folder, "clone", "-q", "--bare", remote.url(), clone.toString());
        try (var server = Server.start(configuration(transport, serverUrl))) {
            for (int i = 0; i < 5; i++) {
                complete(server);
            }
            var ours = new ArrayList<Long>();
            var bare = new ArrayList<Long>();
            for (int i = 0; i < rounds; i++) {
                ours.add(complete(server));
                bare.add(completeBare(clone, url));
            }
            System.out.printf(Locale.ROOT, "%-5s webhook to commit %6.1f ms   bare git %6.1f ms   ratio %.2f%n",
                    transport, median(ours),
                    median(bare), median(ours) / median(bare));
            burst(transport, server);
        }
    }

    private long complete(Server server) throws Exception {
        int number = next++;
        var payload = gitHub.merge(remote, number);
        var before = tip();
        await(server::isIdle);
        long begun = System.nanoTime();
        deliver(server, payload);
        await(() -> !tip().equals(before));
        long ended = System.nanoTime();
        await(server::isIdle);
        return ended - begun;
    }

    private long completeBare(Path clone, String url) throws IOException, InterruptedException {
        int number = next++;
        var _ = gitHub.merge(remote, number);
        long begun = System.nanoTime();
        var process = new ProcessBuilder("sh", "-c", BARE, clone.toString(), url, "task-" + number).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("the bare commands failed");
        }
        return System.nanoTime() - begun;
    }

    private void burst(String transport, Server server) throws Exception {
        int merges = 50;
        var payloads = new ArrayList<byte[]>();
        for (int i = 0; i < merges; i++) {
            payloads.add(gitHub.merge(remote, next++));
        }
        int pushes = reflog();
        long begun = System.nanoTime();
        var answers = payloads.stream()
                .map(payload -> http.sendAsync(request(server, payload), BodyHandlers.discarding()))
                .toList();
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
        await(() -> completions() >= merges);
        System.out.printf(Locale.ROOT, "%-5s %d merges at once: all completed after %.0f ms, in %d pushes%n", transport,
                merges,
                (System.nanoTime() - begun) / 1e6, reflog() - pushes);
        await(server::isIdle);
    }

    private int completions() {
        return GitRepositories.git(remote.path(), "log", "--format=%s", "-n", "50", "main")
                .lines()
                .mapToInt(line -> line.startsWith("Complete ") ? 1 : 0)
                .sum();
    }

    private int reflog() {
        return (int) GitRepositories.git(remote.path(), "reflog", "show", "--format=%h", "main").lines().count();
    }

    private String tip() {
        try {
            return Files.readString(remote.path().resolve("refs/heads/main"));
        } catch (IOException e) {
            return GitRepositories.git(remote.path(), "rev-parse", "main");
        }
    }

    private void deliver(Server server, byte[] payload) throws IOException, InterruptedException {
        var answer = http.send(request(server, payload), BodyHandlers.ofString());
        if (answer.statusCode() != 202) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
    }

    private static HttpRequest request(Server server, byte[] payload) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/webhooks/github"))
                .header("Content-Type", "application/json")
                .header("X-GitHub-Event", "pull_request")
                .header("X-GitHub-Delivery", UUID.randomUUID().toString())
                .header("X-GitHub-Hook-ID", "1")
                .header("X-Hub-Signature-256", "sha256=" + signature(payload))
                .POST(HttpRequest.BodyPublishers.ofByteArray(payload))
                .build();
    }

    private static String signature(byte[] payload) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(payload));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private ServerConfiguration configuration(String transport, String serverUrl) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var key = Base64.getMimeEncoder().encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        var environment = Map.of("GITHUB_APP_ID", "1", "GITHUB_APP_PRIVATE_KEY",
                "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n", "GITHUB_WEBHOOK_SECRET",
                SECRET, "GITHUB_API_URL",
                gitHub.api().toString(), "GITHUB_SERVER_URL", serverUrl, "REEVE_DATA_DIR",
                folder.resolve("data-" + transport).toString(), "PORT",
                "0");
        return switch (ServerConfiguration.read(Inputs.of(environment, folder))) {
            case Configured.Valid<ServerConfiguration>(var configuration, var _, var _) -> configuration;
            case Configured.Faulty<ServerConfiguration>(var faults, var _, var _) ->
                throw new IllegalStateException(faults.toString());
        };
    }

    private static void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + 60_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("nothing happened for a minute");
            }
            Thread.sleep(1);
        }
    }

    private static double median(List<Long> nanos) {
        var sorted = new ArrayList<>(nanos);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2) / 1e6;
    }
}
