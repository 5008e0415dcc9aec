package dev.reeve.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;

/** Shows a delivery. */
@Command(name = "show", description = "Show a delivery: what became of it, and who had it processed again.", footer = {
        "",
        "Exit codes: 0 done, 1 there is none, or the server can't be asked, 2 wrong usage or configuration."})
final class DeliveriesShowCommand implements Callable<Integer> {

    private final Reeve reeve;

    @Parameters(paramLabel = "ID", description = "Its number, or its GUID as GitHub shows it.")
    private String id = "";

    @Mixin
    private ServerAt server = new ServerAt();

    @Option(names = "--body", description = "Print its body as well.")
    private boolean body;

    @Mixin
    private OutputFormat format = new OutputFormat();

    DeliveriesShowCommand(Reeve reeve) {
        this.reeve = reeve;
    }

    @Override
    public Integer call() {
        var query = new ServerClient.Query("/deliveries/" + ServerClient.encoded(id)).with("body", body ? "1" : null);
        var answer = server.client(reeve, "reeve deliveries show").get(query.text());
        switch (format.kind()) {
            case TEXT -> new AnswerText(reeve.console()).delivery(answer);
            case JSON -> reeve.console().out().println(ServerClient.pretty(answer));
        }
        return Exit.DONE.code();
    }
}
