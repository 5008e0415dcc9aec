package dev.reeve.cli;

import dev.reeve.app.CheckoutPass;
import dev.reeve.app.CheckoutPass.Fetching;
import dev.reeve.app.Deadline;
import dev.reeve.app.GitHubToken;
import dev.reeve.app.Machine;
import dev.reeve.decide.ReconcilePolicy.Repairs;
import dev.reeve.model.Text;
import dev.reeve.reconcile.ReconcileReport;
import dev.reeve.reconcile.ReconcileReport.Mode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * What the hooks run: a reconcile that says a line where it changed something or failed, and nothing else. It runs while git waits, because task files that change
 * behind a shell that has its prompt again would get in the way of what is typed next. So it is quick: the default branch counts as git has just
 * left it, and whatever takes longer than 15 seconds is left to the next reconcile. It always ends with 0.
 */
@Command(name = "run", hidden = true, description = "What the installed hooks call.")
final class HooksRunCommand implements Callable<Integer> {

    private static final int MOST_LINES = 3;

    private final Reeve reeve;

    @Option(names = "--patience", paramLabel = "SECONDS", description = "After how long it gives up (15).")
    private int patience = 15;

    HooksRunCommand(Reeve reeve) {
        this.reeve = reeve;
    }

    @Override
    public Integer call() {
        try (var _ = Deadline.after(Duration.ofSeconds(Math.max(0, patience)), this::giveUp)) {
            reconcile();
        } catch (Refusal refusal) {
            say(refusal.text());
        } catch (IOException | RuntimeException e) {
            say("the hook could not reconcile: " + e + "; run reeve reconcile to see more");
        }
        return Exit.DONE.code();
    }

    /** Halting is as safe as a crash is: what was written is whole, the rest is done next time. */
    private void giveUp() {
        say("reconcile takes longer than " + patience + " s and was stopped; run reeve reconcile");
        Runtime.getRuntime().halt(Exit.DONE.code());
    }

    private void reconcile() throws IOException {
        var work = new Workplace.OwnerOption().workplace(reeve);
        if (!CheckoutPass.canPublish(work.team())) {
            return;
        }
        var request = new CheckoutPass.Request(List.of(), Optional.empty(), Mode.ACT, Repairs.EVERYTHING,
                () -> GitHubToken.of(work.agent(), reeve.console().environment()), Fetching.LEFT_OUT);
        try (var pass = new CheckoutPass(work.checkout(), work.team(), work.agent(), request, Machine.real())) {
            if (pass.run() instanceof CheckoutPass.Ended.Reported(var report)) {
                tell(report);
            }
        }
    }

    private void tell(ReconcileReport report) {
        ReconcileText.inOneLine(report).ifPresent(this::say);
        report.failures()
                .stream()
                .limit(MOST_LINES)
                .forEach(failure -> say((failure.slug() == null ? "" : failure.slug() + ": ") + "failed to "
                        + failure.step() + ": " + failure.message()));
    }

    private void say(String line) {
        var out = reeve.console().out();
        out.println("reeve: " + Text.plain(line, 500));
        out.flush();
    }
}
