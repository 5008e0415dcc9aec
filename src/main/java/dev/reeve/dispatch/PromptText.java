package dev.reeve.dispatch;

import dev.reeve.config.TeamConfiguration.Prompt;
import dev.reeve.model.FollowUp;
import dev.reeve.model.RunEvent;
import dev.reeve.model.RunEvent.Kind;
import dev.reeve.model.TaskSummary;
import dev.reeve.prompt.PromptFacts;
import dev.reeve.prompt.PromptTemplate;
import dev.reeve.prompt.TemplateReading;
import dev.reeve.store.RunRecord.Site;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** Makes the prompt of a run: the team's template, filled with the task and what happened so far. */
record PromptText(Dispatcher.Setting setting) {

    /**
     * The template.
     *
     * @throws IOException when there is none to be used: its message says why
     */
    PromptTemplate template() throws IOException {
        var path = setting.worker().template();
        if (path.isEmpty()) {
            return PromptTemplate.builtIn();
        }
        var file = setting.checkout().root().resolve(path.get().value());
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                || Files.size(file) > PromptTemplate.LONGEST_TEMPLATE) {
            throw new FileSystemException(file.toString(), null, "is no template: see worker.template");
        }
        return switch (PromptTemplate.read(path.get().value(), Files.readAllBytes(file))) {
            case TemplateReading.Usable(var template) -> template;
            case TemplateReading.Faulty(var faults) ->
                throw new FileSystemException(path.get().value(), null, String.join("; ", faults));
        };
    }

    /** The prompt of a run of a task. */
    String of(PromptTemplate template, TaskSummary task, Site site, PromptFacts.OfRun run, List<FollowUp> pending,
            List<RunEvent> history) throws IOException {
        var file = setting.checkout().root().resolve(task.path().value());
        var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        var facts = new PromptFacts(
                new PromptFacts.OfTask(task.slug(), task.title(), setting.owner().value(), task.path(), text),
                new PromptFacts.OfWorktree(site.worktree(), site.branch(), setting.branch()), run,
                pending.stream().map(one -> new PromptFacts.FollowUp(one.text(), one.by(), one.at())).toList(),
                events(history, pending));
        return template.render(facts, setting.worker().prompt() == Prompt.ARGUMENT ? PromptTemplate.LONGEST_ARGUMENT
                : PromptTemplate.LONGEST);
    }

    /** What earlier workers were told is the task once more; what waits is told by itself. */
    private static List<PromptFacts.Event> events(List<RunEvent> history, List<FollowUp> pending) {
        var waiting = pending.stream().map(FollowUp::id).collect(Collectors.toSet());
        var events = new ArrayList<PromptFacts.Event>();
        for (var event : history) {
            if (event.kind() != Kind.PROMPT && !event.detail("id").filter(waiting::contains).isPresent()) {
                events.add(new PromptFacts.Event(event.at(), event.kind().id(), words(event)));
            }
        }
        return events;
    }

    private static String words(RunEvent event) {
        var details = new LinkedHashMap<>(event.details());
        details.keySet().removeAll(List.of("pid", "worktree", "branch", "command", "id", "updates"));
        return details.entrySet()
                .stream()
                .map(detail -> detail.getKey().replace('_', ' ') + ": " + detail.getValue())
                .collect(Collectors.joining("; "));
    }
}
