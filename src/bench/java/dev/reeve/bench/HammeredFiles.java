package dev.reeve.bench;

import dev.reeve.kit.GitRepositories;
import dev.reeve.model.Sha;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import static dev.reeve.kit.GitRepositories.git;

/** Whether, since a commit, nothing changed on the default branch but what merges and completions change. */
final class HammeredFiles {

    /** What a completion adds to a task file. */
    private static final Set<String> ADDED = Set.of("completed_by", "completed_at", "pr_number", "pr_url",
            "pr_merged_at", "merge_commit");

    private final GitRepositories.Remote remote;
    private final Sha first;

    HammeredFiles(GitRepositories.Remote remote, Sha first) {
        this.remote = remote;
        this.first = first;
    }

    /** The files that differ from what they were and are not among these, or are among these and don't differ. */
    Set<String> unexpected(Set<String> expected) {
        var differing = new TreeSet<>(
                git(remote.path(), "diff", "--no-renames", "--name-only", first.value(), "main").lines().toList());
        var both = new TreeSet<>(differing);
        both.retainAll(expected);
        differing.addAll(expected);
        differing.removeAll(both);
        return differing;
    }

    /** Those of these task files that differ by anything but one completion. */
    List<String> spoilt(List<String> files) {
        var before = lines(first.value());
        var after = lines("main");
        return files.stream()
                .filter(file -> !isCompletion(before.getOrDefault(file, List.of()),
                        after.getOrDefault(file, List.of())))
                .toList();
    }

    private static boolean isCompletion(List<String> before, List<String> after) {
        var left = new ArrayList<String>();
        var added = new ArrayList<String>();
        for (var line : after) {
            var key = line.replaceFirst(":.*", "");
            if (ADDED.contains(key)) {
                added.add(key);
            } else {
                left.add(line.equals("status: completed") ? "status: ready" : line);
            }
        }
        return left.equals(before) && added.containsAll(List.of("completed_by", "pr_number"))
                && Set.copyOf(added).size() == added.size() && after.contains("status: completed");
    }

    private Map<String, List<String>> lines(String commit) {
        var lines = new HashMap<String, List<String>>();
        git(remote.path(), "grep", "--full-name", "-e", "", commit, "--", "tasks/").lines().forEach(line -> {
            var parts = line.split(":", 3);
            lines.computeIfAbsent(parts[1], _ -> new ArrayList<>()).add(parts[2]);
        });
        return lines;
    }
}
