package dev.reeve.cli;

import dev.reeve.app.GitHubToken;
import dev.reeve.app.LocalAgent;
import dev.reeve.app.Machine;
import dev.reeve.decide.Explanation;
import dev.reeve.decide.ReconcilePolicy.Repairs;
import dev.reeve.model.Judgement;
import dev.reeve.model.Slug;
import dev.reeve.store.WorkingTree.Index;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Says why a task is where it is. */
@Command(name = "explain", description = "Say what is known of a task now, which rule decided where it stands, and what can be done.", footer = {
        "", "It looks anew and changes nothing.",
        "Exit codes: 0 done, 1 it could not look, 2 wrong usage or configuration, or there is no such task."})
final class ExplainCommand implements Callable<Integer> {

    private static final Duration PATIENCE_WITH_GITHUB = Duration.ofSeconds(20);

    private final Reeve reeve;

    @Parameters(paramLabel = "SLUG", description = "The task.")
    private String slug = "";

    @Mixin
    private Workplace.OwnerOption owner = new Workplace.OwnerOption();

    @Mixin
    private Workplace.IdleOption idle = new Workplace.IdleOption();

    @Mixin
    private OutputFormat format = new OutputFormat();

    ExplainCommand(Reeve reeve) {
        this.reeve = reeve;
    }

    @Override
    public Integer call() throws IOException {
        var named = Slugs.of(slug);
        var work = owner.workplace(reeve);
        var setting = new LocalAgent.Setting(work.checkout(), work.team(), work.agent(), idle.idle(),
                () -> GitHubToken.of(work.agent(), reeve.console().environment()));
        try (var agent = new LocalAgent(setting, Index.KEPT, Machine.real())) {
            var policy = agent.policy(Repairs.NOTHING);
            var beat = agent.look(policy, Optional.of(named), PATIENCE_WITH_GITHUB);
            beat.gitHub().notice().ifPresent(notice -> reeve.console().err().println("reeve: " + notice));
            var task = beat.tasks().stream().filter(one -> one.facts().slug().equals(named)).findFirst();
            print(Explanation.of(task.orElseThrow(() -> unknown(named, beat.tasks())), beat.queue(), policy));
            return Exit.DONE.code();
        }
    }

    private static Refusal unknown(Slug named, List<Judgement> others) {
        var nearest = dev.reeve.config.Nearest.to(named.value(),
                others.stream().map(task -> task.facts().slug().value()).toList());
        return Refusal.usage("there is no task " + named
                + nearest.map(meant -> ": did you mean " + meant + "?").orElse(" in this checkout"));
    }

    private void print(Explanation explanation) throws IOException {
        switch (format.kind()) {
            case TEXT -> new ExplanationText(reeve.console()).print(explanation);
            case JSON -> OutputFormat.print(reeve.console().out(),
                    json -> ExplanationJson.write(json, explanation));
        }
    }
}
