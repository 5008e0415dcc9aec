package dev.reeve.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;

/** Ends a piece of dead work. */
@Command(name = "discard", description = "End a piece of dead work that nobody needs done any more. The record says who did it.", footer = {
        "",
        "Exit codes: 0 it is gone, 1 there is none, or the server can't be asked, 2 it isn't dead, or wrong usage or configuration."})
final class QueueDiscardCommand implements Callable<Integer> {

    private final Reeve reeve;

    @Parameters(index = "0", paramLabel = "OWNER/REPO", description = "Its repository.")
    private String repository = "";

    @Parameters(index = "1", paramLabel = "SUBJECT", description = "What it is about: task/SLUG, pull/NUMBER, check/NUMBER, push, all.")
    private String subject = "";

    @Mixin
    private ServerAt server = new ServerAt();

    @Mixin
    private OutputFormat format = new OutputFormat();

    QueueDiscardCommand(Reeve reeve) {
        this.reeve = reeve;
    }

    @Override
    public Integer call() {
        var answer = server.client(reeve, "reeve queue discard")
                .post(WorkPath.of(repository, subject) + "/discard", ServerClient.object());
        switch (format.kind()) {
            case TEXT -> new AnswerText(reeve.console()).discarded(answer);
            case JSON -> reeve.console().out().println(ServerClient.pretty(answer));
        }
        return Exit.DONE.code();
    }
}
