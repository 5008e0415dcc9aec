package dev.reeve.cli;

import dev.reeve.app.CheckoutPass;
import dev.reeve.app.GitHubToken;
import dev.reeve.app.LocalAgent;
import dev.reeve.app.Machine;
import dev.reeve.model.Slug;
import dev.reeve.reconcile.ReconcileReport;
import dev.reeve.reconcile.ReconcileReport.Mode;
import dev.reeve.store.WorkingTree.Index;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What commands that beat are told, and how they begin. */
final class BeatOptions {

    @Mixin
    private Workplace.OwnerOption owner = new Workplace.OwnerOption();

    @Mixin
    private Workplace.IdleOption idle = new Workplace.IdleOption();

    @Option(names = "--no-reconcile", description = "Don't reconcile first: look, and change no task file.")
    private boolean noReconcile;

    /** Where and for whom it beats. */
    Workplace workplace(Reeve reeve) throws IOException {
        return owner.workplace(reeve);
    }

    /** The agent of a workplace. */
    LocalAgent agent(Reeve reeve, Workplace work) {
        return new LocalAgent(new LocalAgent.Setting(work.checkout(), work.team(), work.agent(), idle.idle(),
                () -> GitHubToken.of(work.agent(), reeve.console().environment())), Index.KEPT, Machine.real());
    }

    /**
     * Reconciles everything, as an agent does when it starts. What fails is said, and keeps nothing from going on.
     *
     * @return what it did and what failed, where there is anything; to tell the rest is left to the heartbeat that follows
     */
    Optional<ReconcileReport> reconcileFirst(Reeve reeve, Workplace work) {
        if (noReconcile) {
            return Optional.empty();
        }
        if (!CheckoutPass.canPublish(work.team())) {
            reeve.console()
                    .err()
                    .println("reeve: not reconciled: reconcile.publish is pull-request, which the server does");
            return Optional.empty();
        }
        try {
            return reconcile(reeve, work, List.of());
        } catch (RuntimeException e) {
            reeve.console().err().println("reeve: reconciling failed, the heartbeat goes on: " + Main.told(e));
            return Optional.empty();
        }
    }

    /**
     * Reconciles these tasks, or all when none is named.
     *
     * @return likewise
     */
    Optional<ReconcileReport> reconcile(Reeve reeve, Workplace work, List<Slug> slugs) {
        var request = new CheckoutPass.Request(slugs, idle.idle(), Mode.ACT,
                () -> GitHubToken.of(work.agent(), reeve.console().environment()));
        try (var pass = new CheckoutPass(work.checkout(), work.team(), work.agent(), request, Machine.real())) {
            return switch (pass.run()) {
                case CheckoutPass.Ended.Reported(var report) -> Optional.of(done(report))
                        .filter(done -> !done.changes().isEmpty() || !done.failures().isEmpty());
                case CheckoutPass.Ended.UnknownTask _ -> Optional.empty();
            };
        }
    }

    private static ReconcileReport done(ReconcileReport report) {
        return new ReconcileReport(report.mode(), report.examined(), report.changes(), List.of(), List.of(),
                report.failures());
    }

    static void print(Reeve reeve, ReconcileReport report) {
        new ReconcileText(reeve.console().out(), reeve.console().paint()).print(report);
    }
}
