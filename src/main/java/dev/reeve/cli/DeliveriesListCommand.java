package dev.reeve.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.concurrent.Callable;

/** Lists deliveries. */
@Command(name = "list", description = "List deliveries, the newest first.", footer = {"",
        "Exit codes: 0 done, 1 the server can't be asked, 2 wrong usage or configuration."})
final class DeliveriesListCommand implements Callable<Integer> {

    private final Reeve reeve;

    @Mixin
    private ServerAt server = new ServerAt();

    @Mixin
    private Page page = new Page();

    @Option(names = "--event", paramLabel = "EVENT", description = "Only those of this event, such as pull_request.")
    private @Nullable String event;

    @Option(names = "--status", paramLabel = "STATUS", description = "Only those that are waiting, running, dead, done or nothing_to_do.")
    private @Nullable String status;

    @Option(names = "--since", paramLabel = "TIME", description = "Only those that came since then, or in the last 90s, 3m, 1h, 2d.")
    private @Nullable String since;

    @Mixin
    private OutputFormat format = new OutputFormat();

    DeliveriesListCommand(Reeve reeve) {
        this.reeve = reeve;
    }

    @Override
    public Integer call() {
        var query = page.of("/deliveries").with("event", event).with("status", status).with("since", since);
        var answer = server.client(reeve, "reeve deliveries list").get(query.text());
        switch (format.kind()) {
            case TEXT -> new AnswerText(reeve.console()).deliveries(answer);
            case JSON -> reeve.console().out().println(ServerClient.pretty(answer));
        }
        return Exit.DONE.code();
    }
}
