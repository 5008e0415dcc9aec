package dev.reeve.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.concurrent.Callable;

/** Lists open work. */
@Command(name = "list", description = "List open work, the newest first: what is due, runs, waits for another try, or is dead.", footer = {
        "", "Exit codes: 0 done, 1 the server can't be asked, 2 wrong usage or configuration."})
final class QueueListCommand implements Callable<Integer> {

    private final Reeve reeve;

    @Mixin
    private ServerAt server = new ServerAt();

    @Mixin
    private Page page = new Page();

    @Option(names = "--state", paramLabel = "STATE", description = "Only what is due, running, waiting or dead.")
    private @Nullable String state;

    @Mixin
    private OutputFormat format = new OutputFormat();

    QueueListCommand(Reeve reeve) {
        this.reeve = reeve;
    }

    @Override
    public Integer call() {
        var answer = server.client(reeve, "reeve queue list").get(page.of("/queue").with("state", state).text());
        switch (format.kind()) {
            case TEXT -> new AnswerText(reeve.console()).queue(answer);
            case JSON -> reeve.console().out().println(ServerClient.pretty(answer));
        }
        return Exit.DONE.code();
    }
}
