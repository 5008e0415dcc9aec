package dev.reeve.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.reeve.inbox.Arrival;
import dev.reeve.inbox.Claim;
import dev.reeve.model.Outcome;
import dev.reeve.model.Trigger;
import dev.reeve.web.ApiStory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

import static dev.reeve.web.ApiStory.key;
import static org.assertj.core.api.Assertions.assertThat;

/** The commands that ask a server. */
class ServerCommandsTest {

    private final ApiStory story = ApiStory.withToken();

    @TempDir
    private Path folder = Path.of("");

    private Terminal terminal = new Terminal(folder);

    @BeforeEach
    void open() {
        terminal = new Terminal(folder).with("PORT", String.valueOf(story.port()))
                .with("REEVE_ADMIN_TOKEN", ApiStory.TOKEN);
    }

    @AfterEach
    void close() {
        story.close();
    }

    @Test
    void deliveriesAreListedWithWhatBecameOfThem() {
        story.deliverStar("0a");
        story.deliver("0b", 12);
        story.work(new Outcome.GiveUp("hopeless"));

        var listed = terminal.run("deliveries", "list");

        assertThat(listed.err()).isEmpty();
        assertThat(listed.exit()).isZero();
        assertThat(listed.lines()).hasSize(2);
        assertThat(listed.lines().getFirst()).startsWith("2")
                .contains("dead", "pull_request closed", "Acme/Shop", "0b");
        assertThat(listed.lines().getLast()).startsWith("1").contains("nothing to do", "star created", "0a");
        assertThat(terminal.run("deliveries", "list", "--status", "done").out()).isEqualTo("no deliveries\n");
        assertThat(terminal.run("deliveries", "list", "--limit", "1").lines()).contains("There are more: --before 2");
    }

    @Test
    void aDeliveryIsShownWithItsWorkAndWhoForcedIt() {
        story.deliver("0b", 12);
        story.work(new Outcome.Failed("no\u001b[31mluck"));
        assertThat(terminal.run("redeliver", "0b").out()).isEqualTo("wanted  Acme/Shop  pull/12\n");

        var shown = terminal.run("deliveries", "show", "0b", "--body");

        assertThat(shown.out()).contains("due  Acme/Shop  pull/12", "no\\u{1b}[31mluck", "reeve redeliver",
                "by admin token (", "\"merged\" : true")
                .doesNotContain("\u001b");
    }

    @Test
    void anotherProgramThatAnswersIsNamed() throws IOException {
        var other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        other.start();
        try {
            var asked = terminal.with("PORT", String.valueOf(other.getAddress().getPort())).run("queue", "list");

            assertThat(asked.exit()).isOne();
            assertThat(asked.err()).contains("what answers at http://127.0.0.1:" + other.getAddress().getPort(),
                    "status 404", "is it a Reeve server");
        } finally {
            other.stop(0);
        }
    }

    @Test
    void theJsonIsTheServersAnswer() {
        story.deliver("0b", 12);

        assertThat(terminal.run("deliveries", "show", "1", "--format", "json").out()).startsWith("{")
                .contains("\"guid\" : \"0b\"", "\"status\" : \"waiting\"");
        assertThat(terminal.run("queue", "list", "--format", "json").out()).contains("\"due\" : 1");
    }

    @Test
    void whatFailedIsRedeliveredTogether() {
        story.deliver("0a", 1);
        story.deliver("0b", 2);
        story.work(new Outcome.GiveUp("hopeless"));
        story.deliverStar("0c");

        assertThat(terminal.run("redeliver", "--failed").out()).isEqualTo("2 redelivered, 0 that need nothing done\n");
        assertThat(story.claim()).extracting(Claim::key).containsExactlyInAnyOrder(key("pull/1"), key("pull/2"));
        assertThat(terminal.run("redeliver", "--since", "1h").out())
                .isEqualTo("2 redelivered, 1 that need nothing done\n");
    }

    @Test
    void theQueueIsListedShownAndReplayed() {
        story.deliver("0a", 1);
        story.work(new Outcome.GiveUp("hopeless"));

        assertThat(terminal.run("queue", "list").out()).contains("dead  Acme/Shop  pull/1", "hopeless",
                "0 due, 0 running, 0 waiting for another try, 1 dead");
        assertThat(terminal.run("queue", "show", "acme/shop", "pull/1").out()).contains("hopeless",
                "pull_request closed  0a");
        assertThat(terminal.run("queue", "replay", "acme/shop").out()).isEqualTo("wanted  Acme/Shop  pull/1\n");
        assertThat(story.claim()).hasSize(1);
        assertThat(terminal.run("queue", "replay", "acme/shop").out()).isEqualTo("nothing to do\n");
        assertThat(terminal.run("queue", "replay", "acme/shop", "pull/1").exit()).isZero();
    }

    @Test
    void allThatIsDeadIsReplayedHoweverMuchItIs() {
        story.inbox()
                .queue()
                .enqueue(IntStream.rangeClosed(1, 501)
                        .mapToObj(number -> new Arrival(key("pull/" + number), Trigger.of("once")))
                        .toList())
                .join();
        for (int part = 0; part < 6; part++) {
            story.work(new Outcome.GiveUp("hopeless"));
        }
        assertThat(story.inbox().queue().pending().dead()).isEqualTo(501);

        assertThat(terminal.run("queue", "replay", "acme/shop").lines()).hasSize(501);

        assertThat(story.inbox().queue().pending().dead()).isZero();
    }

    @Test
    void whatIsDeadIsDiscarded() {
        story.deliver("0a", 1);
        assertThat(terminal.run("queue", "discard", "acme/shop", "pull/1").exit()).isEqualTo(2);
        story.work(new Outcome.GiveUp("hopeless"));

        assertThat(terminal.run("queue", "discard", "acme/shop", "pull/1").out())
                .isEqualTo("discarded  Acme/Shop  pull/1\n");

        assertThat(terminal.run("queue", "list").out()).contains("0 dead");
        assertThat(terminal.run("queue", "discard", "acme/shop", "pull/1").exit()).isEqualTo(1);
    }

    /** A title is for anyone to choose, and a terminal obeys more than what is below a blank. */
    @Test
    void nothingInAnAnswerReachesTheTerminalUnescaped() throws Exception {
        long id = story.deliverTitled("0a", "a\u009b31mb\u202ec\u2066d\u007fe\ud83d\ude00Grüße");

        var shown = terminal.run("deliveries", "show", String.valueOf(id), "--format", "json", "--body").out();

        assertThat(shown).contains("a\\u009b31mb\\u202ec\\u2066d\\u007fe\ud83d\ude00Grüße");
        assertThat(new ObjectMapper().readTree(shown).at("/body/title").asText())
                .isEqualTo("a\u009b31mb\u202ec\u2066d\u007fe\ud83d\ude00Grüße");
        assertThat(terminal.run("deliveries", "show", String.valueOf(id), "--body").out())
                .doesNotContain("\u009b", "\u202e", "\u2066", "\u007f");
    }

    @Test
    void whatIsNotThereFails() {
        var delivery = terminal.run("deliveries", "show", "7");
        assertThat(delivery.exit()).isEqualTo(1);
        assertThat(delivery.err()).startsWith("reeve: there is no such delivery here");
        assertThat(terminal.run("queue", "show", "acme/shop", "all").exit()).isEqualTo(1);
    }

    @Test
    void wrongUsageIsToldBeforeTheServerIsAsked() {
        assertThat(terminal.run("redeliver").err()).contains("one of ID, --failed and --since");
        assertThat(terminal.run("redeliver", "1", "--failed").exit()).isEqualTo(2);
        var both = terminal.run("redeliver", "1", "--repository", "acme/shop");
        assertThat(both.exit()).isEqualTo(2);
        assertThat(both.err()).contains("--repository goes with --failed and --since");
        assertThat(terminal.run("queue", "show", "acme", "all").err()).contains("OWNER/REPO");
        assertThat(terminal.run("queue", "show", "acme/shop", "moon/1").err()).contains("task/SLUG");
        assertThat(terminal.run("queue").err()).contains("needs one of: list, show, replay, discard");
    }

    @Test
    void whatTheServerRefusesAsNonsenseIsWrongUsage() {
        var ran = terminal.run("deliveries", "list", "--status", "lost");

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).isEqualTo("reeve: the parameter status must be one of dead, running, waiting, done, "
                + "nothing_to_do\n");
    }

    @Test
    void aMissingOrWrongTokenIsToldWithoutIt() {
        var missing = terminal.with("REEVE_ADMIN_TOKEN", "").run("queue", "list");
        assertThat(missing.exit()).isEqualTo(2);
        assertThat(missing.err()).contains("asks for its admin token: set REEVE_ADMIN_TOKEN");
        var wrong = terminal.with("REEVE_ADMIN_TOKEN", "another-admin-token").run("queue", "list");
        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(wrong.err()).contains("has another admin token").doesNotContain("another-admin-token");
    }

    @Test
    void theTokenMayStandInAFile() throws Exception {
        var file = Files.writeString(folder.resolve("token"), ApiStory.TOKEN + "\n");

        assertThat(terminal.with("REEVE_ADMIN_TOKEN", "")
                .with("REEVE_ADMIN_TOKEN_FILE", file.toString())
                .run("queue", "list")
                .exit()).isZero();
    }

    @Test
    void theTokenIsNotSentInTheClear() {
        var ran = terminal.run("queue", "list", "--server", "http://reeve.example.com");

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("use https").doesNotContain(ApiStory.TOKEN);
    }

    @Test
    void aServerThatIsNotThereIsTold() throws IOException {
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        var ran = terminal.run("queue", "list", "--server", "http://127.0.0.1:" + free);

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).isEqualTo("reeve: no server answers at http://127.0.0.1:" + free
                + ": start it with reeve serve, or name another with --server URL\n");
    }
}
