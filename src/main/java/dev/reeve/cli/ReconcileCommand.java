package dev.reeve.cli;

import dev.reeve.app.CheckoutPass;
import dev.reeve.app.GitHubToken;
import dev.reeve.app.Machine;
import dev.reeve.config.TeamConfiguration;
import dev.reeve.reconcile.ReconcileReport;
import dev.reeve.reconcile.ReconcileReport.Mode;
import dev.reeve.reconcile.ReportJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Makes the checkout true, once. */
@Command(name = "reconcile", description = "Complete merged tasks, put left ones back, prune the register, clear stale dispatch files, report drift.", footer = {
        "", "Exit codes: 0 done or nothing to do, 1 some step failed, 2 wrong usage or configuration."})
final class ReconcileCommand implements Callable<Integer> {

    private final Reeve reeve;

    @Parameters(paramLabel = "SLUG", description = "The tasks to look at; all when none is named.")
    private List<String> slugs = new ArrayList<>();

    @Mixin
    private Workplace.OwnerOption owner = new Workplace.OwnerOption();

    @Mixin
    private Workplace.IdleOption idle = new Workplace.IdleOption();

    @Option(names = "--dry-run", description = "Print what would be done and do nothing.")
    private boolean dryRun;

    @Mixin
    private OutputFormat format = new OutputFormat();

    ReconcileCommand(Reeve reeve) {
        this.reeve = reeve;
    }

    @Override
    public Integer call() throws IOException {
        var work = owner.workplace(reeve);
        if (!CheckoutPass.canPublish(work.team())) {
            throw Refusal.usage("reconcile.publish in " + TeamConfiguration.FILE
                    + " is pull-request, which the server does: in a checkout use worktree, push or none");
        }
        var request = new CheckoutPass.Request(Slugs.of(slugs), idle.idle(), dryRun ? Mode.DRY_RUN : Mode.ACT,
                () -> GitHubToken.of(work.agent(), reeve.console().environment()));
        try (var pass = new CheckoutPass(work.checkout(), work.team(), work.agent(), request, Machine.real())) {
            return switch (pass.run()) {
                case CheckoutPass.Ended.Reported(var report) -> print(report);
                case CheckoutPass.Ended.UnknownTask(var slug, var nearest) ->
                    throw Refusal.usage("there is no task " + slug
                            + nearest.map(meant -> ": did you mean " + meant + "?").orElse(" in this checkout"));
            };
        }
    }

    private int print(ReconcileReport report) throws IOException {
        switch (format.kind()) {
            case TEXT -> new ReconcileText(reeve.console().out(), reeve.console().paint()).print(report);
            case JSON -> OutputFormat.print(reeve.console().out(), json -> ReportJson.write(json, report));
        }
        return (report.failures().isEmpty() ? Exit.DONE : Exit.FAILED).code();
    }
}
