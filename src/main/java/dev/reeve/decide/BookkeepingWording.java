package dev.reeve.decide;

import dev.reeve.model.CheckReport;
import dev.reeve.model.CheckReport.Conclusion;
import dev.reeve.model.PullRequest;
import dev.reeve.model.Slug;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import static dev.reeve.decide.Markdown.code;

/**
 * What the bookkeeping pull request and its check run say. It is a function of what waits there, so that writing it twice writes the same. No line of it reads as
 * one that names a task.
 */
public final class BookkeepingWording {

    private static final int MOST = 300;

    private BookkeepingWording() {}

    /**
     * A change of a task that waits to be merged.
     *
     * @param pullRequest the number of the pull request that completed it; nothing for another change
     */
    public record Entry(Slug slug, Optional<Integer> pullRequest) {}

    /** Whose commits are on the branch. */
    public sealed interface Commits {

        /** Nobody's but ours. */
        record Ours() implements Commits {}

        /**
         * Somebody else's too.
         *
         * @param outdated the tasks that stand there otherwise than they are to be by now
         */
        record SomebodyElsesToo(Collection<Slug> outdated) implements Commits {}
    }

    /** What it says when nothing waits any more, before it is closed: so it can be told later that it wasn't a person who closed it. */
    public static final Words NOTHING_WAITS = new Words("Bookkeeping: nothing waits",
            "Nothing waits here any more. Reeve takes this pull request down, and opens another one when something waits again.");

    /** Title and description. */
    public record Words(String title, String body) {}

    /** What the pull request says. */
    public static Words of(List<Entry> entries, String defaultBranch, Commits commits) {
        var paragraphs = new ArrayList<String>();
        paragraphs.add("Merging this writes into " + code(defaultBranch) + " what has become of these tasks:");
        paragraphs.add(lines(entries, "its files show them"));
        paragraphs.add("Reeve keeps this pull request up to date while it is open, since " + code(defaultBranch)
                + " takes changes by pull request only (`reconcile.publish: pull-request`), and closes it when nothing waits here any more."
                + " Merge it in any way you like, whenever you like.");
        switch (commits) {
            case Commits.Ours() -> {
            }
            case Commits.SomebodyElsesToo(var outdated) -> {
                paragraphs.add("There are commits of somebody else on its branch. As long as they are there, Reeve only"
                        + " adds to it, and takes nothing away.");
                if (!outdated.isEmpty()) {
                    paragraphs.add(outdated(outdated, defaultBranch));
                }
            }
        }
        return new Words(title(entries), String.join("\n\n", paragraphs));
    }

    private static String outdated(Collection<Slug> slugs, String defaultBranch) {
        return slugs.stream().sorted().limit(MOST).map(slug -> code(slug.value())).collect(Collectors.joining(", "))
                + (slugs.size() == 1 ? " has" : " have") + " changed on " + code(defaultBranch)
                + " since, and can't be made anew here because of the commits of somebody else: merging writes what was to be written before."
                + " Move those commits to another branch first, or mend it after the merge.";
    }

    private static String title(List<Entry> entries) {
        var verb = entries.stream().allMatch(entry -> entry.pullRequest().isPresent()) ? "Complete " : "Update ";
        return verb + (entries.size() == 1 ? entries.getFirst().slug().value() : entries.size() + " tasks");
    }

    private static String lines(List<Entry> entries, String whole) {
        return Remarks.bounded(entries.stream().map(entry -> "- " + line(entry)).toList(), MOST, whole);
    }

    private static String line(Entry entry) {
        return code(entry.slug().value()) + entry.pullRequest()
                .map(number -> " is completed by #" + number)
                .orElse(" goes back to `ready`");
    }

    /**
     * The check run of the bookkeeping pull request.
     *
     * @param outdated the tasks that stand there otherwise than they are to be by now, and stay so
     */
    public static CheckReport check(PullRequest pr, List<Entry> entries, Collection<Slug> outdated) {
        var lines = lines(entries, CheckLinks.files(pr));
        var report = switch (pr.state()) {
            case OPEN, DRAFT -> !outdated.isEmpty()
                    ? report(Conclusion.ACTION_REQUIRED, "Bookkeeping, not up to date",
                            outdated(outdated, pr.base()) + "\n\n" + lines)
                    : report(Conclusion.SUCCESS, "Bookkeeping", "This is Reeve's own pull request. Merging it"
                            + " completes no further task; it writes down what has become of these:\n\n" + lines);
            case MERGED -> report(Conclusion.SUCCESS, "Bookkeeping, done",
                    "What waited in this pull request is on the default branch:\n\n" + lines);
            case CLOSED -> report(Conclusion.NEUTRAL, "Bookkeeping, closed",
                    "Nothing waits in this pull request any more, or somebody closed it: then what is left waits for the next one.");
        };
        return report.readAt(CheckLinks.files(pr));
    }

    private static CheckReport report(Conclusion conclusion, String title, String summary) {
        return new CheckReport(conclusion, title, summary, "", List.of());
    }
}
