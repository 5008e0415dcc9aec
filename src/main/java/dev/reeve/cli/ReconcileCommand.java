package dev.reeve.cli;

import dev.reeve.app.CheckoutPass;
import dev.reeve.app.GitHubToken;
import dev.reeve.app.Machine;
import dev.reeve.config.TeamConfiguration;
import dev.reeve.git.GitFailure;
import dev.reeve.model.Slug;
import dev.reeve.model.Text;
import dev.reeve.reconcile.ReconcileReport;
import dev.reeve.reconcile.ReconcileReport.Mode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Makes the checkout true, once. */
@Command(name = "reconcile", description = "Complete merged tasks, put left ones back, prune the register, clear stale dispatch files, report drift.", footer = {
        "", "Exit codes: 0 done or nothing to do, 1 some step failed, 2 wrong usage or configuration."})
final class ReconcileCommand implements Callable<Integer> {

    private final Reeve reeve;

    @Parameters(paramLabel = "SLUG", description = "The tasks to look at; all when none is named.")
    private List<String> slugs = new ArrayList<>();

    @Option(names = "--owner", paramLabel = "OWNER", description = "Whose register; else TASK_MANAGER_OWNER, reeve.owner or the e-mail in git's configuration.")
    private @Nullable String owner;

    @Option(names = "--idle-seconds", paramLabel = "N", description = "After how many seconds without a sign of work a task in progress counts as left (3600).")
    private @Nullable Long idleSeconds;

    @Option(names = "--dry-run", description = "Print what would be done and do nothing.")
    private boolean dryRun;

    @Mixin
    private OutputFormat format = new OutputFormat();

    ReconcileCommand(Reeve reeve) {
        this.reeve = reeve;
    }

    @Override
    public Integer call() throws IOException {
        var checkout = mainCheckout();
        var team = new Checkout(checkout.root(), checkout.root()).team();
        if (!CheckoutPass.canPublish(team)) {
            throw Refusal.usage("reconcile.publish in " + TeamConfiguration.FILE
                    + " is pull-request, which the server does: in a checkout use worktree, push or none");
        }
        var agent = LocalAgent.of(reeve, checkout, team, owner);
        var request = new CheckoutPass.Request(named(), idle(), dryRun ? Mode.DRY_RUN : Mode.ACT,
                () -> GitHubToken.of(agent, reeve.console().environment()));
        try (var pass = new CheckoutPass(checkout, team, agent, request, Machine.real())) {
            return switch (pass.run()) {
                case CheckoutPass.Ended.Reported(var report) -> print(report);
                case CheckoutPass.Ended.UnknownTask(var slug, var nearest) ->
                    throw Refusal.usage("there is no task " + slug
                            + nearest.map(meant -> ": did you mean " + meant + "?").orElse(" in this checkout"));
            };
        }
    }

    /** Registers and worktrees are the main checkout's, so that is what is made true, wherever among its worktrees this is run. */
    private dev.reeve.git.Checkout mainCheckout() throws IOException {
        var here = Checkout.around(reeve.directory());
        try {
            return dev.reeve.git.Checkout.open(dev.reeve.git.Git.onPath(), here.root()).main();
        } catch (GitFailure e) {
            throw Refusal.usage("git can't use " + Text.plain(here.root().toString(), 300) + ": " + e.detail());
        }
    }

    private List<Slug> named() {
        return slugs.stream()
                .map(text -> Slug.parse(text)
                        .orElseThrow(() -> Refusal.usage(Text.quoted(text)
                                + " is no slug: name a task by its file's name without .md")))
                .toList();
    }

    private Optional<Duration> idle() {
        if (idleSeconds != null && idleSeconds < 0) {
            throw Refusal.usage("--idle-seconds must not be negative");
        }
        return Optional.ofNullable(idleSeconds).map(Duration::ofSeconds);
    }

    private int print(ReconcileReport report) throws IOException {
        switch (format.kind()) {
            case TEXT -> new ReconcileText(reeve.console().out(), reeve.console().paint()).print(report);
            case JSON -> OutputFormat.print(reeve.console().out(), json -> ReconcileJson.write(json, report));
        }
        return (report.failures().isEmpty() ? Exit.DONE : Exit.FAILED).code();
    }
}
