package dev.reeve.bench;

import dev.reeve.inbox.Databases;
import dev.reeve.kit.FakeDelivery;
import dev.reeve.kit.FakeGitHub;
import dev.reeve.kit.FakeRepository;
import dev.reeve.kit.GitRepositories;
import dev.reeve.kit.Project;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How long a merge in a repository of ten tasks takes from its delivery to its push, on a quiet day and while a repository of ten thousand has a storm:
 * a push that changes every task file, then a forced one, upon which everything is looked at, and a burst of merges. The real server in a process of its
 * own, real remotes by {@code file://}, the GitHub of the tests. Both repositories are of one installation, so that they share its requests too.
 *
 * <p>Arguments: {@code SQLITE} or {@code POSTGRESQL}, merges (25), tasks of the large repository (10,000).
 */
public final class BesideAStorm implements AutoCloseable {

    private static final String SECRET = "a secret of the storm";
    private static final String UNKNOWN = "d".repeat(40);
    private static final int FEW = 10;
    private static final int BURST = 50;
    private static final long PATIENCE_NANOS = 120_000_000_000L;

    private final GitRepositories.Remote large;
    private final GitRepositories.Remote small;
    private final FakeGitHub gitHub = FakeGitHub.start(InstantSource.system());
    private final FakeRepository largeAtGitHub;
    private final FakeRepository smallAtGitHub;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Path folder;
    private final int tasks;
    private int merged;

    /** In ms. */
    private record Took(double acknowledged, double pushed) {}

    private BesideAStorm(Path folder, int tasks) throws IOException {
        this.folder = folder;
        this.tasks = tasks;
        var remotes = new GitRepositories(Files.createDirectory(folder.resolve("remotes")));
        this.large = remotes.remote("acme/large");
        this.small = remotes.remote("acme/small");
        write(large, tasks, "ready", "Tasks");
        write(small, FEW, "ready", "Tasks");
        this.largeAtGitHub = gitHub.repository("acme/large", large.path());
        this.smallAtGitHub = gitHub.repository("acme/small", small.path());
    }

    /** Runs it and prints the figures. */
    public static void main(String[] args) throws Exception {
        var databases = Databases.valueOf(args[0]);
        int merges = args.length > 1 ? Integer.parseInt(args[1]) : 25;
        int tasks = args.length > 2 ? Integer.parseInt(args[2]) : 10_000;
        var folder = Files.createTempDirectory("reeve-storm").toRealPath();
        System.out.println("in " + folder);
        try (var bench = new BesideAStorm(folder, tasks);
                var server = HammeredServer.start(bench.environment(databases), folder.resolve("log"))) {
            bench.measure(server.awaitPort(), merges);
        }
        System.exit(0);
    }

    private Map<String, String> environment(Databases databases) {
        var environment = new HashMap<>(Map.of("GITHUB_APP_ID", String.valueOf(gitHub.app().id()),
                "GITHUB_APP_PRIVATE_KEY", gitHub.app().privateKeyPem(), "GITHUB_WEBHOOK_SECRET", SECRET,
                "GITHUB_API_URL", gitHub.apiUrl().toString(), "GITHUB_SERVER_URL",
                folder.resolve("remotes").toUri().toString(), "REEVE_DATA_DIR", folder.resolve("data").toString(),
                "PORT", "0"));
        if (databases == Databases.POSTGRESQL) {
            environment.put("REEVE_DATABASE_URL", databases.freshUrl());
        }
        return environment;
    }

    private static void write(GitRepositories.Remote remote, int tasks, String status, String message) {
        var commit = remote.commit("main");
        for (int n = 1; n <= tasks; n++) {
            commit.file("tasks/m" + n / 300 + "/t" + n + ".md", Project.taskFile(message + " " + n, status));
        }
        commit.push(message);
    }

    private void measure(URI webhook, int merges) throws Exception {
        awaitQuiet(webhook);
        var _ = merges(webhook, FEW);
        var quiet = merges(webhook, merges);
        print("quiet", quiet, quiet);
        storm(webhook);
        var beside = merges(webhook, merges);
        print("beside the storm", beside, quiet);
        System.out.printf("%.0f keys are still due%n", due(webhook));
    }

    private void storm(URI webhook) {
        var before = large.tip("main").orElseThrow();
        write(large, tasks, "in_progress", "Begun");
        var after = large.tip("main").orElseThrow();
        deliver(webhook, largeAtGitHub.pushEvent("main", before, after));
        for (int n = 1; n <= BURST; n++) {
            deliver(webhook, merge(large, largeAtGitHub, n, n));
        }
        var tip = large.tip("main").orElseThrow();
        var push = largeAtGitHub.pushEvent("main", tip, tip);
        deliver(webhook, push.withBody(push.body().replace("\"before\":\"" + tip, "\"before\":\"" + UNKNOWN)));
    }

    private List<Took> merges(URI webhook, int count) throws InterruptedException {
        var took = new ArrayList<Took>();
        for (int n = 0; n < count; n++) {
            if (merged % FEW == 0) {
                write(small, FEW, "ready", "Once more, " + merged);
            }
            int number = ++merged;
            var delivery = merge(small, smallAtGitHub, number, 1 + number % FEW);
            var before = small.tip("main").orElseThrow();
            long begun = System.nanoTime();
            deliver(webhook, delivery);
            long acknowledged = System.nanoTime();
            await(() -> !Files.readString(small.path().resolve("refs/heads/main")).strip().equals(before.value()));
            took.add(new Took((acknowledged - begun) / 1e6, (System.nanoTime() - begun) / 1e6));
            // Whatever follows from it is over, and the storm goes on.
            Thread.sleep(250);
        }
        return took;
    }

    private static FakeDelivery merge(GitRepositories.Remote remote, FakeRepository atGitHub, int number, int task) {
        var branch = "task/t" + task;
        if (remote.tip(branch).isPresent()) {
            remote.delete(branch);
        }
        remote.branch(branch, "main");
        remote.commit(branch).file("work/" + number, "done\n").push("Work");
        atGitHub.openPull(number).from(branch).by("dave").merge();
        return atGitHub.pullRequestEvent(number, "closed");
    }

    private static void deliver(URI webhook, FakeDelivery delivery) {
        int status = delivery.to(webhook, SECRET).statusCode();
        if (status != 202) {
            throw new IllegalStateException("answered with " + status);
        }
    }

    private void awaitQuiet(URI webhook) throws InterruptedException {
        await(() -> gitHub.count("GET /repos/acme/(large|small)/pulls") >= 2 && due(webhook) == 0);
    }

    private double due(URI webhook) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(webhook.resolve("/metrics")).build(), BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.startsWith("reeve_work_pending") && line.contains("due"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Whether it is so by now. */
    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    private static void await(Condition condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!holds(condition)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("nothing happened for two minutes");
            }
            Thread.sleep(1);
        }
    }

    private static boolean holds(Condition condition) throws InterruptedException {
        try {
            return condition.holds();
        } catch (IOException _) {
            // The file is being replaced.
            return false;
        }
    }

    private static void print(String when, List<Took> took, List<Took> quiet) {
        double usual = median(quiet.stream().map(Took::pushed).toList());
        var pushed = took.stream().map(Took::pushed).sorted().toList();
        var acknowledged = took.stream().map(Took::acknowledged).sorted().toList();
        System.out.printf(Locale.ROOT,
                "%-17s acknowledged after %.1f ms (most %.1f), pushed after %.0f ms (most %.0f); later than usual by %.0f ms (most %.0f)%n",
                when, median(acknowledged), acknowledged.getLast(), median(pushed), pushed.getLast(),
                median(pushed) - usual, pushed.getLast() - usual);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    @Override
    public void close() {
        gitHub.close();
    }
}
