package dev.reeve.decide;

import dev.reeve.decide.Explanation.Fact;
import dev.reeve.model.BeatFacts;
import dev.reeve.model.DeskFacts.AtDesk;
import dev.reeve.model.DeskFacts.Claim;
import dev.reeve.model.DeskFacts.LastRun;
import dev.reeve.model.DeskFacts.WorktreePlace;
import dev.reeve.model.RegisterEntry;
import dev.reeve.model.Run;
import dev.reeve.model.Tombstone;
import dev.reeve.model.Worktree;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What register, dispatch files and worktree say of a task, for people. */
final class RunFacts {

    private RunFacts() {}

    static List<Fact> of(BeatFacts facts, HeartbeatPolicy policy) {
        var list = new FactList(policy.now());
        facts.desk().ifPresent(desk -> describe(desk, Attempts.words(facts, policy), list));
        Cooldown.pending(facts, policy)
                .ifPresent(end -> list.add("next try", "from " + Durations.seconds(end) + " on, after a rest of "
                        + Durations.inWords(Cooldown.rest(facts, policy))));
        if (list.facts().isEmpty()) {
            list.add("run", "no register, dispatch file or worktree knows it");
        }
        return list.facts();
    }

    private static void describe(AtDesk desk, String attempts, FactList list) {
        switch (desk.claim()) {
            case Claim.None() -> {
            }
            case Claim.Held(var owner, var entry) -> {
                list.add("register", "of " + owner);
                entry(entry, attempts, list);
            }
            case Claim.HeldByAnother(var owner, var _) ->
                list.add("register", "of " + owner + ", who is somebody else");
            case Claim.Unreadable(var reason) -> list.add("register", "can't be read: " + reason);
        }
        switch (desk.run()) {
            case LastRun.None() -> {
            }
            case LastRun.Known(var run) -> run(run, list);
            case LastRun.Unreadable(var reason) -> list.add("last run", "its status can't be read: " + reason);
        }
        switch (desk.place()) {
            case WorktreePlace.Gone() -> {
            }
            case WorktreePlace.There(var worktree, var _) -> worktree(worktree, list);
            case WorktreePlace.Unreadable(var reason) -> list.add("worktree", "can't be read: " + reason);
        }
    }

    private static void entry(RegisterEntry entry, String attempts, FactList list) {
        list.add("attempts", attempts);
        list.at("registered", entry.registeredAt());
        list.at("launched", entry.launchedAt());
        list.add("registered branch", entry.branch());
        list.add("registered worktree", entry.worktreePath());
        list.add("registered PR", entry.prNumber() == null ? null : "PR #" + entry.prNumber());
    }

    private static void run(Run run, FactList list) {
        list.add("last run", words(run.runId(), run.state(), run.exitCode(), run.outcome()));
        list.add("reason", run.account().reason());
        list.add("worker says", run.account().summary());
        list.add("claimed in vain", run.account().claimed());
        list.add("follow-ups waiting", run.pendingUpdates() == 0 ? null : run.pendingUpdates());
        list.add("worker lives", run.alive() ? "yes" : "no");
        list.at("started", run.startedAt());
        list.at("updated", run.updatedAt());
        list.at("last output", run.outputAt());
        list.at("usage limit ends", run.retryAt());
        var stone = run.tombstone();
        if (stone != null) {
            tombstone(stone, list);
        }
    }

    private static void tombstone(Tombstone stone, FactList list) {
        list.add("tombstone", words(stone.runId(), stone.state(), stone.exitCode(), stone.outcome()));
        list.at("tombstone written", stone.updatedAt());
    }

    private static String words(@Nullable String runId, @Nullable String state, @Nullable Integer exitCode,
            @Nullable String outcome) {
        return Stream.of(state, exitCode == null ? null : "exit code " + exitCode,
                outcome == null ? null : "outcome " + outcome, runId == null ? null : "run " + runId)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
    }

    private static void worktree(Worktree worktree, FactList list) {
        list.add("worktree", worktree.path());
        list.add("checked out", worktree.branch() == null ? "no branch" : worktree.branch());
        list.add("clean", worktree.clean() ? "yes" : "no");
        list.add("pushed", worktree.pushed() ? "yes" : "no");
        list.add("commits ahead", worktree.ahead());
        list.at("last activity", worktree.lastActivity());
    }
}
