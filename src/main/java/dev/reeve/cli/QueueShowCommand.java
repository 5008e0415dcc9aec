package dev.reeve.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;

/** Shows a piece of open work. */
@Command(name = "show", description = "Show a piece of open work: how often it failed, with what, when it is tried next, and why it is wanted.", footer = {
        "", "Exit codes: 0 done, 1 there is none, or the server can't be asked, 2 wrong usage or configuration."})
final class QueueShowCommand implements Callable<Integer> {

    private final Reeve reeve;

    @Parameters(index = "0", paramLabel = "OWNER/REPO", description = "Its repository.")
    private String repository = "";

    @Parameters(index = "1", paramLabel = "SUBJECT", description = "What it is about: task/SLUG, pull/NUMBER, check/NUMBER, push, all.")
    private String subject = "";

    @Mixin
    private ServerAt server = new ServerAt();

    @Mixin
    private OutputFormat format = new OutputFormat();

    QueueShowCommand(Reeve reeve) {
        this.reeve = reeve;
    }

    @Override
    public Integer call() {
        var answer = server.client(reeve, "reeve queue show").get(WorkPath.of(repository, subject));
        switch (format.kind()) {
            case TEXT -> new AnswerText(reeve.console()).work(answer);
            case JSON -> reeve.console().out().println(ServerClient.pretty(answer));
        }
        return Exit.DONE.code();
    }
}
