package dev.reeve.bench;

import dev.reeve.decide.Backoff;
import dev.reeve.inbox.Checkpoint;
import dev.reeve.inbox.Claim;
import dev.reeve.inbox.DatabaseLocation;
import dev.reeve.inbox.Inbox;
import dev.reeve.inbox.InboxSettings;
import dev.reeve.inbox.QueueRunner;
import dev.reeve.inbox.Result;
import dev.reeve.inbox.RunnerSettings;
import dev.reeve.intake.Intake;
import dev.reeve.intake.WebhookSecrets;
import dev.reeve.model.Outcome;
import dev.reeve.web.Readiness;
import dev.reeve.web.WebServer;
import dev.reeve.web.WebSettings;
import io.javalin.Javalin;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What {@link IntakeBench} sends to: the intake as it is in production, with work that only waits a while, or the floor, which verifies the
 * signature and forgets.
 */
public final class IntakeServer {

    private IntakeServer() {}

    /** Serves until it is killed: {@code reeve|floor PORT DATA_FOLDER}. */
    public static void main(String[] args) {
        int port = Integer.parseInt(args[1]);
        if (args[0].equals("floor")) {
            floor(port);
        } else {
            reeve(port, Path.of(args[2]));
        }
    }

    private static void reeve(int port, Path folder) {
        var clock = InstantSource.system();
        var random = RandomGenerator.getDefault();
        var metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var inbox = Inbox.open(new InboxSettings(new DatabaseLocation.Embedded(folder), clock,
                failures -> Backoff.delayAfter(failures, random.nextDouble()), metrics, Checkpoint.NONE,
                InboxSettings.USUAL_CAPACITY));
        var runner = new QueueRunner(inbox.queue(), IntakeServer::work, RunnerSettings.usual("bench"),
                clock,
                Checkpoint.NONE);
        runner.start();
        var intake = new Intake(inbox, new WebhookSecrets(List.of(IntakeBench.SECRET)), clock, metrics);
        var _ = WebServer.start(WebSettings.of("127.0.0.1", port, null), intake,
                new Readiness(inbox, runner::isAlive, clock),
                metrics);
    }

    /** Takes as long as the first answer of an API far away. */
    private static Result work(Claim claim) throws InterruptedException {
        Thread.sleep(100);
        return Result.of(new Outcome.Done());
    }

    private static void floor(int port) {
        var _ = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.routes.post("/webhooks/github", context -> context
                    .status(verified(context.bodyAsBytes(), String.valueOf(context.header("X-Hub-Signature-256"))) ? 202
                            : 401));
            config.routes.get("/healthz", context -> context.result("alive"));
        }).start("127.0.0.1", port);
    }

    private static boolean verified(byte[] body, String signature) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(IntakeBench.SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return MessageDigest.isEqual(HexFormat.of().parseHex(signature.substring("sha256=".length())),
                    mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
