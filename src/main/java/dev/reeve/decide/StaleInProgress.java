package dev.reeve.decide;

import dev.reeve.model.DeskFacts.AtDesk;
import dev.reeve.model.DeskFacts.WorktreePlace;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.Task;
import dev.reeve.model.TaskCopy;
import dev.reeve.model.TaskFacts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What shows that a task in progress is finished, or nearly so. */
final class StaleInProgress {

    private StaleInProgress() {}

    /** The signs of it, for people: an open pull request, commits that the default branch doesn't have, a review record. */
    static List<String> seen(TaskFacts facts) {
        var seen = new ArrayList<String>();
        if (facts.pullRequest() instanceof PullRequestLookup.Found(var pr) && pr.state().isOpen()) {
            seen.add("PR #" + pr.number() + " is open");
        }
        commits(facts).ifPresent(seen::add);
        if (copies(facts).flatMap(copy -> copy.asTask().stream()).anyMatch(Task::reviewRecord)) {
            seen.add("its review has an answer");
        }
        return seen;
    }

    private static Optional<String> commits(TaskFacts facts) {
        return there(facts).map(place -> place.worktree().ahead())
                .filter(ahead -> ahead > 0)
                .map(ahead -> "its worktree has " + ahead + (ahead == 1 ? " commit" : " commits")
                        + " that the default branch doesn't have");
    }

    private static Stream<TaskCopy> copies(TaskFacts facts) {
        return Stream.concat(Stream.of(facts.root()), there(facts).map(WorktreePlace.There::copy).stream());
    }

    private static Optional<WorktreePlace.There> there(TaskFacts facts) {
        return facts.desk() instanceof AtDesk desk && desk.place() instanceof WorktreePlace.There there
                ? Optional.of(there)
                : Optional.empty();
    }
}
