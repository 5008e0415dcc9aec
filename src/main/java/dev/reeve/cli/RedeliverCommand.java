package dev.reeve.cli;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** Has deliveries processed again. */
@Command(name = "redeliver", description = "Have deliveries processed again at once, as if GitHub had sent them anew. The record says who did it.", footer = {
        "",
        "Exit codes: 0 it is wanted, or needs nothing done, 1 there is none, or the server can't be asked, 2 wrong usage or configuration."})
final class RedeliverCommand implements Callable<Integer> {

    private final Reeve reeve;

    @Parameters(paramLabel = "ID", arity = "0..1", description = "A delivery's number, or its GUID as GitHub shows it.")
    private @Nullable String id;

    @Option(names = "--failed", description = "All whose work is dead. Dead work that no delivery has caused, of a sweep for example, is for reeve queue replay.")
    private boolean failed;

    @Option(names = "--since", paramLabel = "TIME", description = "All that came since then, or in the last 90s, 3m, 1h, 2d.")
    private @Nullable String since;

    @Option(names = "--repository", paramLabel = "OWNER/REPO", description = "With --failed and --since: only those of this repository.")
    private @Nullable String repository;

    @Mixin
    private ServerAt server = new ServerAt();

    @Mixin
    private OutputFormat format = new OutputFormat();

    RedeliverCommand(Reeve reeve) {
        this.reeve = reeve;
    }

    @Override
    public Integer call() {
        if (Stream.of(id != null, failed, since != null).filter(given -> given).count() != 1) {
            throw Refusal.usage("say which deliveries: one of ID, --failed and --since TIME");
        }
        if (id != null && repository != null) {
            throw Refusal.usage(
                    "--repository goes with --failed and --since; ID names one delivery, of whichever repository");
        }
        var client = server.client(reeve, "reeve redeliver");
        if (id != null) {
            print(client.post("/deliveries/" + ServerClient.encoded(id) + "/redeliver", ServerClient.object()));
        } else {
            print(many(client));
        }
        return Exit.DONE.code();
    }

    /** A call does a part; together they do all. */
    private JsonNode many(ServerClient client) {
        var wish = ServerClient.object();
        if (failed) {
            wish.put("failed", true);
        } else {
            wish.put("since", since);
        }
        if (repository != null) {
            wish.put("repository", repository);
        }
        var answer = client.post("/redeliver", wish);
        long redelivered = answer.path("redelivered").asLong();
        long nothing = answer.path("nothing_to_do").asLong();
        while (answer.has("next")) {
            answer = client.post("/redeliver", wish.put("before", answer.path("next").asLong()));
            redelivered += answer.path("redelivered").asLong();
            nothing += answer.path("nothing_to_do").asLong();
        }
        return ServerClient.object().put("redelivered", redelivered).put("nothing_to_do", nothing);
    }

    private void print(JsonNode answer) {
        var out = reeve.console().out();
        switch (format.kind()) {
            case JSON -> out.println(ServerClient.pretty(answer));
            case TEXT -> {
                if (answer.has("work")) {
                    new AnswerText(reeve.console()).wanted(answer);
                } else {
                    out.println(answer.path("redelivered").asLong() + " redelivered, "
                            + answer.path("nothing_to_do").asLong() + " that need nothing done");
                }
            }
        }
    }
}
