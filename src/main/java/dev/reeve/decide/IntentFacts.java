package dev.reeve.decide;

import dev.reeve.decide.Explanation.Fact;
import dev.reeve.model.BeatFacts;
import dev.reeve.model.BeatFacts.Dependency;
import dev.reeve.model.CatalogEntry;
import dev.reeve.model.TaskSummary;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a task's file says, for people. */
final class IntentFacts {

    private IntentFacts() {}

    static List<Fact> of(BeatFacts facts, HeartbeatPolicy policy) {
        var list = new FactList(policy.now());
        facts.task().path().ifPresentOrElse(path -> list.add("file", path), () -> list.add("file", "there is none"));
        switch (facts.task()) {
            case CatalogEntry.Valid(var task) -> describe(task, facts, policy, list);
            case CatalogEntry.Faulty(var _, var _, var faults) -> list.add("faults", faults.size());
            case CatalogEntry.Missing _ -> {
            }
        }
        return list.facts();
    }

    private static void describe(TaskSummary task, BeatFacts facts, HeartbeatPolicy policy, FactList list) {
        list.add("title", task.title());
        list.add("status", task.status().id());
        list.add("priority", task.priority().id());
        list.add("milestone", task.milestone());
        list.add("owner", owner(task, Whose.of(facts, policy), policy));
        list.add("depends on", dependencies(facts.dependencies()));
        list.add("branch", task.branch());
        list.add("carries", task.prNumber() == null ? null : "PR #" + task.prNumber());
        list.add("open boxes", task.openBoxes() == 0 ? null : task.openBoxes());
        list.add("review", task.reviewRecord() ? "has an answer" : null);
        list.at("changed", task.modified());
    }

    private static String owner(TaskSummary task, Whose whose, HeartbeatPolicy policy) {
        var written = task.owner() == null ? "nobody" : task.owner();
        return switch (whose) {
            case Whose.Ours() -> written + ": in the queue of " + policy.owner();
            case Whose.Anothers(var owner) -> written + ": in the queue of " + owner;
            case Whose.Nobodys _ -> written + ": in nobody's queue";
        };
    }

    private static @Nullable String dependencies(List<Dependency> dependencies) {
        return dependencies.isEmpty() ? null
                : dependencies.stream()
                        .map(d -> d.slug() + " (" + d.state().name().toLowerCase(Locale.ROOT) + ")")
                        .collect(Collectors.joining(", "));
    }
}
