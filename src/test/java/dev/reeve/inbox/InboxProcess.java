package dev.reeve.inbox;

import dev.reeve.model.Outcome;
import dev.reeve.model.Trigger;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A process of its own that takes deliveries in and works on them until it is killed, telling on its output what it promised. */
public final class InboxProcess {

    /** Ends each line, so that one that a kill cut off is told apart. */
    static final String END = " .";

    private static final int PRODUCERS = 8;
    private static final int KEYS = 20;

    private InboxProcess() {}

    /** Runs until it is killed, on the given data folder, with the given name for this round's deliveries. */
    public static void main(String[] args) throws InterruptedException {
        var inbox = Inbox.open(settings(Path.of(args[0])));
        var runner = new QueueRunner(inbox.queue(), InboxProcess::run, RunnerSettings.usual("worker"),
                InstantSource.system(), Checkpoint.NONE);
        runner.start();
        for (int producer = 0; producer < PRODUCERS; producer++) {
            var name = args[1] + "-" + producer + "-";
            Thread.ofPlatform().start(() -> produce(inbox, name));
        }
        Thread.currentThread().join();
    }

    static InboxSettings settings(Path folder) {
        return new InboxSettings(new DatabaseLocation.Embedded(folder), InstantSource.system(),
                _ -> Optional.of(Duration.ZERO), new SimpleMeterRegistry(), Checkpoint.NONE,
                InboxSettings.USUAL_CAPACITY);
    }

    private static void produce(Inbox inbox, String name) {
        for (int n = 0;; n++) {
            var guid = name + n;
            inbox.accept(Samples.delivery(guid, InstantSource.system(), new byte[5_000]),
                    List.of(Samples.arrival(1 + n % KEYS, guid))).join();
            tell("accepted " + guid);
        }
    }

    private static Result run(Claim claim) {
        tell(claim.triggers().stream().map(Trigger::guid).collect(Collectors.joining(" ", "ran ", "")));
        return Result.of(new Outcome.Done());
    }

    private static void tell(String line) {
        System.out.println(line + END);
    }
}
