package dev.reeve.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reeve.app.Server;
import dev.reeve.config.Configured;
import dev.reeve.config.Inputs;
import dev.reeve.config.ServerConfiguration;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Tells how a merge becomes a completed task, with the real server, as it happens. */
public final class Demo {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "a secret of the demo";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Teller teller;
    private final InstantSource clock;
    private final HttpClient http = HttpClient.newHttpClient();

    /** @param teller where the story is told */
    public Demo(Teller teller, InstantSource clock) {
        this.teller = teller;
        this.clock = clock;
    }

    /** Where, in the folder of a story, the operator's checkout is. */
    public static Path checkout(Path folder) {
        return folder.resolve(DemoWorld.CHECKOUT);
    }

    /**
     * Tells the story in a folder that is empty and stays for the reader to look around in.
     *
     * @throws IllegalStateException when the story doesn't end as it should, which is a fault of Reeve
     */
    public void run(Path folder) throws IOException, InterruptedException {
        var world = new DemoWorld(folder, clock.instant());
        var pullRequest = world.make();
        try (var gitHub = new StandInGitHub(DemoWorld.REPOSITORY, pullRequest, List.of("login.txt"), clock);
                var server = Server.start(configuration(folder, world, gitHub))) {
            teller.title("Reeve: a merged pull request completes its task");
            teller.say("In " + folder
                    + " there are a git remote with a few tasks, an operator's checkout with three workers' worktrees,");
            teller.say("and the server, listening on 127.0.0.1:" + server.port()
                    + ". Pull request #12 has just been merged; nobody knows yet.");
            tell(world, gitHub, server, pullRequest);
        }
    }

    private void tell(DemoWorld world, StandInGitHub gitHub, Server server, ObjectNode pullRequest)
            throws IOException, InterruptedException {
        var before = world.tip();
        var registered = registered(world);
        var guid = UUID.nameUUIDFromBytes(world.tip().getBytes(UTF_8)).toString();
        var payload = payload(pullRequest);
        long start = System.nanoTime();
        teller.step("GitHub delivers the webhook: pull_request closed, merged, signed");
        var answer = deliver(server, guid, payload);
        teller.say(answer.statusCode() + " after " + millis(start) + " ms, durable before the answer  "
                + answer.body().strip());
        await(() -> !world.tip().equals(before), "the task was not completed");
        teller.step("On the remote's default branch, " + millis(start) + " ms after the delivery");
        teller.say(world.main().getFirst());
        world.diff().forEach(teller::diff);
        settle(server);
        teller.step("In the operator's register");
        teller.say("before  " + String.join("  ", registered));
        teller.say("after   " + String.join("  ", registered(world)));
        tellCheckRun(gitHub);
        redeliver(world, server, guid, payload);
        teller.step("The operator pulls");
        world.pull();
        teller.say("their checkout is at " + world.main().getFirst());
    }

    private void tellCheckRun(StandInGitHub gitHub) {
        var run = gitHub.checkRun().orElseThrow(() -> new IllegalStateException("no check run was made"));
        teller.step("On the pull request, as a check run");
        teller.say(run.path("name").asText() + ": " + run.path("conclusion").asText() + ", "
                + run.path("output").path("title").asText());
        run.path("output").path("summary").asText().lines().forEach(teller::say);
    }

    private void redeliver(DemoWorld world, Server server, String guid, byte[] payload)
            throws IOException, InterruptedException {
        var before = world.tip();
        teller.step("GitHub delivers the same webhook again: a redelivery forces a reconcile");
        var answer = deliver(server, guid, payload);
        settle(server);
        if (!world.tip().equals(before)) {
            throw new IllegalStateException("a redelivery changed the default branch");
        }
        teller.say(answer.statusCode() + "  " + answer.body().strip());
        teller.say("nothing to do: " + world.main().getFirst() + " is still the newest commit");
    }

    private static ServerConfiguration configuration(Path folder, DemoWorld world, StandInGitHub gitHub) {
        var environment = Map.of("GITHUB_APP_ID", "1", "GITHUB_APP_PRIVATE_KEY", key(), "GITHUB_WEBHOOK_SECRET", SECRET,
                "GITHUB_API_URL",
                gitHub.api().toString(), "GITHUB_SERVER_URL", folder.resolve("remotes").toUri().toString(),
                "REEVE_DATA_DIR",
                folder.resolve("data").toString(), "PORT", "0");
        var inputs = new Inputs(Map.of("--checkout", List.of(DemoWorld.REPOSITORY + "=" + world.checkout())),
                environment, folder,
                java.util.Optional.empty());
        return switch (ServerConfiguration.read(inputs)) {
            case Configured.Valid<ServerConfiguration>(var configuration, var _, var _) -> configuration;
            case Configured.Faulty<ServerConfiguration>(var faults, var _, var _) ->
                throw new IllegalStateException(faults.toString());
        };
    }

    private static String key() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            var encoded = Base64.getMimeEncoder().encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
            return "-----BEGIN PRIVATE KEY-----\n" + encoded + "\n-----END PRIVATE KEY-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no RSA", e);
        }
    }

    private static byte[] payload(ObjectNode pullRequest) throws IOException {
        var payload = JSON.createObjectNode().put("action", "closed").put("number", DemoWorld.NUMBER);
        payload.set("pull_request", pullRequest);
        payload.putObject("repository").put("full_name", DemoWorld.REPOSITORY).put("default_branch", "main");
        payload.putObject("installation").put("id", 1);
        return JSON.writeValueAsBytes(payload);
    }

    private HttpResponse<String> deliver(Server server, String guid, byte[] payload)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/webhooks/github"))
                .header("Content-Type", "application/json")
                .header("X-GitHub-Event", "pull_request")
                .header("X-GitHub-Delivery", guid)
                .header("X-GitHub-Hook-ID", "1")
                .header("X-Hub-Signature-256", "sha256=" + signature(payload))
                .POST(HttpRequest.BodyPublishers.ofByteArray(payload))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString(UTF_8));
    }

    private static String signature(byte[] payload) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(payload));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HmacSHA256", e);
        }
    }

    private static SortedSet<String> registered(DemoWorld world) throws IOException {
        var slugs = new TreeSet<String>();
        JSON.readTree(Files.readAllBytes(world.register())).path("entries").fieldNames().forEachRemaining(slugs::add);
        return slugs;
    }

    private static void settle(Server server) throws InterruptedException {
        await(server::isIdle, "the server did not finish its work");
    }

    private static void await(java.util.function.BooleanSupplier condition, String otherwise)
            throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(otherwise + " within " + PATIENCE.toSeconds() + " s");
            }
            Thread.sleep(2);
        }
    }

    private static long millis(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }
}
