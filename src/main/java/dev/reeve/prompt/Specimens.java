package dev.reeve.prompt;

import dev.reeve.model.BranchName;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskPath;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Facts that a template is tried with: with everything in them, and with as little as there may be. */
final class Specimens {

    private static final Path SOMEWHERE = Path.of("/somewhere");

    static final List<PromptFacts> ALL = List.of(
            facts("x", List.of(new PromptFacts.FollowUp("x", "x", Instant.EPOCH)),
                    List.of(new PromptFacts.Event(Instant.EPOCH, "x", "x"))),
            facts("", List.of(), List.of()));

    private Specimens() {}

    private static PromptFacts facts(String text, List<PromptFacts.FollowUp> followUps,
            List<PromptFacts.Event> history) {
        var main = new BranchName("main");
        return new PromptFacts(
                new PromptFacts.OfTask(new Slug("x"), text, text, new TaskPath("tasks/x.md"), text),
                new PromptFacts.OfWorktree(SOMEWHERE, main, main), new PromptFacts.OfRun(text, 1, SOMEWHERE),
                followUps, history);
    }
}
