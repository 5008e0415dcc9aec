package dev.reeve.cli;

import dev.reeve.app.Dispatching;
import dev.reeve.app.GitHubToken;
import dev.reeve.app.LocalAgent;
import dev.reeve.app.Machine;
import dev.reeve.model.Slug;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.util.Optional;

/** What commands about a task's runs are told. */
final class RunOptions {

    @Mixin
    private Workplace.OwnerOption owner = new Workplace.OwnerOption();

    @Parameters(paramLabel = "SLUG", description = "The task.")
    private String slug = "";

    Slug slug() {
        return Slugs.of(slug);
    }

    Workplace workplace(Reeve reeve) throws IOException {
        return owner.workplace(reeve);
    }

    /** Who has the say over workers there. */
    static Dispatching dispatching(Reeve reeve, Workplace work) {
        return new Dispatching(
                new LocalAgent.Setting(work.checkout(), work.team(), work.agent(), Optional.empty(),
                        () -> GitHubToken.of(work.agent(), reeve.console().environment())),
                reeve.console().environment(), RunnerMain.class, Machine.real());
    }
}
