package dev.reeve.decide;

import dev.reeve.decide.CheckFacts.Edit;
import dev.reeve.model.Slug;
import dev.reeve.model.Task;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static dev.reeve.decide.Markdown.code;

/**
 * What a pull request writes into the files of tasks that it isn't about. Merging it is a maintainer's decision, for which they have to be told of every status,
 * number and branch that it sets, since these say when a task is done.
 */
final class EditWording {

    private static final int MOST = 50;

    private EditWording() {}

    /** The section about it; nothing when there is nothing of the kind. */
    static Optional<String> of(CheckFacts facts) {
        var own = Set.copyOf(CheckWording.slugs(facts.tasks()));
        var edited = facts.head()
                .edits()
                .stream()
                .filter(edit -> !own.contains(edit.after().slug()))
                .map(EditWording::line);
        var deleted = facts.head()
                .deleted()
                .stream()
                .filter(slug -> !own.contains(slug))
                .map(slug -> "- " + name(slug) + ": deleted.");
        // What is taken away comes first, where nothing is cut.
        var lines = Stream.concat(deleted, edited).toList();
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("It also changes the files of tasks that it isn't about:\n\n"
                + Remarks.bounded(lines, MOST, CheckLinks.files(facts.pullRequest())));
    }

    private static String line(Edit edit) {
        var what = edit.before().map(before -> changes(before, edit.after())).orElseGet(() -> List.of("new"));
        return "- " + name(edit.after().slug()) + ": "
                + (what.isEmpty() ? "neither status, number nor branch" : String.join(", ", what)) + ".";
    }

    private static String name(Slug slug) {
        return code(slug.value());
    }

    private static List<String> changes(Task before, Task after) {
        var changes = new ArrayList<String>();
        change("status", before.status().id(), after.status().id(), changes);
        change("pull request", number(before.prNumber()), number(after.prNumber()), changes);
        change("branch", before.branch().value(), after.branch().value(), changes);
        return changes;
    }

    private static String number(@Nullable Integer number) {
        return number == null ? "none" : "#" + number;
    }

    private static void change(String what, String before, String after, List<String> changes) {
        if (!Objects.equals(before, after)) {
            changes.add(what + " " + code(before) + " → " + code(after));
        }
    }
}
