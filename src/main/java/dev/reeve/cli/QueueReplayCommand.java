package dev.reeve.cli;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;

/** Has open work tried again. */
@Command(name = "replay", description = "Have work tried again at once, with all its tries before it: one piece, or all that is dead of a repository.", footer = {
        "",
        "Exit codes: 0 it is wanted, or there is nothing dead, 1 there is none, or the server can't be asked, 2 wrong usage or configuration."})
final class QueueReplayCommand implements Callable<Integer> {

    private final Reeve reeve;

    @Parameters(index = "0", paramLabel = "OWNER/REPO", description = "Its repository.")
    private String repository = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "SUBJECT", description = "What it is about; all that is dead when left out.")
    private @Nullable String subject;

    @Mixin
    private ServerAt server = new ServerAt();

    @Mixin
    private OutputFormat format = new OutputFormat();

    QueueReplayCommand(Reeve reeve) {
        this.reeve = reeve;
    }

    @Override
    public Integer call() {
        var client = server.client(reeve, "reeve queue replay");
        var answer = subject == null ? all(client)
                : client.post(WorkPath.of(repository, subject) + "/replay", ServerClient.object());
        switch (format.kind()) {
            case TEXT -> new AnswerText(reeve.console()).wanted(answer);
            case JSON -> reeve.console().out().println(ServerClient.pretty(answer));
        }
        return Exit.DONE.code();
    }

    /** A call does a part; together they do all. */
    private JsonNode all(ServerClient client) {
        var wanted = ServerClient.object();
        var work = wanted.putArray("work");
        var path = WorkPath.of(repository) + "/replay";
        var answer = client.post(path, ServerClient.object());
        answer.path("work").forEach(work::add);
        while (answer.has("next")) {
            answer = client.post(path, ServerClient.object().put("before", answer.path("next").asLong()));
            answer.path("work").forEach(work::add);
        }
        return wanted;
    }
}
