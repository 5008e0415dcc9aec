package dev.reeve.agent;

import dev.reeve.model.BranchName;

import java.util.Set;

/**
 * Which pull requests a heartbeat wants to know of.
 *
 * @param numbers those that registers, task files and dispatch files name
 * @param begun branches of tasks that show signs of work: GitHub is asked for one by itself when its list can't tell
 * @param open branches of the other tasks that are not final; only the list is looked at for them
 */
public record Wanted(Set<Integer> numbers, Set<BranchName> begun, Set<BranchName> open) {

    public Wanted {
        numbers = Set.copyOf(numbers);
        begun = Set.copyOf(begun);
        open = Set.copyOf(open);
    }
}
