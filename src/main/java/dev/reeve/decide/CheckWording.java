package dev.reeve.decide;

import dev.reeve.decide.CheckFacts.OfTask;
import dev.reeve.decide.CheckFacts.Remark;
import dev.reeve.model.BranchName;
import dev.reeve.model.CheckReport;
import dev.reeve.model.CheckReport.Button;
import dev.reeve.model.CheckReport.Conclusion;
import dev.reeve.model.CheckReport.Level;
import dev.reeve.model.Press;
import dev.reeve.model.PullRequest;
import dev.reeve.model.Slug;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import static dev.reeve.decide.Markdown.code;

/**
 * What the check run says, in words: before the merge what merging will do to which task, after it what was done. It is a function of the
 * state alone, so that writing it twice writes the same.
 */
public final class CheckWording {

    static final Button RECONCILE = new Button("Reconcile now", "Look at its tasks again, do what is left",
            Press.Kind.RECONCILE);
    static final Button RECONCILE_ALL = new Button("Reconcile all", "Look at every task of the repository",
            Press.Kind.RECONCILE_ALL);

    private static final String CONFIGURATION = ".reeve.yml";

    private CheckWording() {}

    /** The report for a pull request. */
    public static CheckReport of(CheckFacts facts) {
        var pr = facts.pullRequest();
        boolean elsewhere = !pr.base().equals(facts.defaultBranch().value());
        var report = switch (pr.state()) {
            case OPEN, DRAFT -> elsewhere ? otherBase(facts, "Merges") : OpenWording.of(facts);
            case MERGED -> elsewhere ? otherBase(facts, "Merged") : MergedWording.of(facts);
            case CLOSED -> closed(facts);
        };
        return report.readAt(CheckLinks.whole(facts));
    }

    private static CheckReport closed(CheckFacts facts) {
        var report = plain(Conclusion.NEUTRAL, "Closed without being merged",
                "No task is completed by it." + names(facts, " It was about "));
        return facts.tasks().isEmpty() ? report : report.with(List.of(RECONCILE));
    }

    private static CheckReport otherBase(CheckFacts facts, String verb) {
        return plain(Conclusion.NEUTRAL, verb + " into another branch than " + facts.defaultBranch(),
                "Tasks are completed by merges into " + code(facts.defaultBranch().value())
                        + "; this pull request goes to "
                        + code(facts.pullRequest().base()) + "." + names(facts, " It is about "));
    }

    /**
     * The report where the configuration of the default branch can't be used: until it is mended nothing is completed.
     *
     * @param atHead what is wrong with it in the pull request, if that changes it
     */
    public static CheckReport misconfigured(PullRequest pr, BranchName defaultBranch, List<Remark> faults,
            List<Remark> atHead) {
        var whole = CheckLinks.file(pr, defaultBranch, CONFIGURATION);
        return new CheckReport(Conclusion.ACTION_REQUIRED, "The configuration can't be used",
                "Nothing is done in this repository until this is mended on the default branch:\n\n"
                        + Remarks.listed(faults, whole),
                "", Remarks.annotations(atHead, Level.FAILURE)).with(List.of(RECONCILE)).readAt(whole);
    }

    /**
     * The report of a pull request that mends the configuration: a required check must not keep it from being merged.
     *
     * @param facts as they are by the configuration that it brings
     */
    public static CheckReport mendsConfiguration(CheckFacts facts) {
        return OpenWording.mending(facts).readAt(CheckLinks.whole(facts));
    }

    /** The report for a commit of a pull request that isn't its head. */
    public static CheckReport outdated(int pullRequest) {
        return plain(Conclusion.NEUTRAL, "Not the head any more",
                "Another commit is the head of #" + pullRequest + " now; the check run there says what merging does.");
    }

    /** The report for a merge queue's commit, which is never held up, when it isn't known what it merges. */
    public static CheckReport ofGroup() {
        return plain(Conclusion.SUCCESS, "The queue may go on",
                "Reeve holds up no merge queue. What the merge completes is said on the pull requests.");
    }

    /** The report for a merge queue's commit that merges this pull request, and may merge others before it. */
    public static CheckReport ofGroup(PullRequest last, List<Slug> completed) {
        if (completed.isEmpty()) {
            return ofGroup();
        }
        return plain(Conclusion.SUCCESS, "Merging #" + last.number() + " completes " + subjects(completed),
                "Merging #" + last.number() + " completes " + codes(completed)
                        + ". What the pull requests before it in "
                        + "the queue complete is said on each of them. Reeve holds up no merge queue.")
                .readAt(last.url());
    }

    /** What a description names beyond what counts; nothing where all of it counts. */
    static Optional<String> beyond(PullRequest pr) {
        int more = TaskLines.beyond(pr.body());
        return more == 0 ? Optional.empty()
                : Optional.of(
                        "Its description names %d more tasks, which don't count: a pull request is about at most %d of them. %s"
                                .formatted(more, TaskLines.MOST, pr.url()));
    }

    static CheckReport plain(Conclusion conclusion, String title, String summary) {
        return new CheckReport(conclusion, title, summary, "", List.of());
    }

    /** {@code fix-login}, or {@code 3 tasks}. */
    static String subjects(List<Slug> slugs) {
        return slugs.size() == 1 ? slugs.getFirst().value() : slugs.size() + " tasks";
    }

    static List<Slug> slugs(List<OfTask> tasks) {
        return tasks.stream().map(OfTask::slug).toList();
    }

    private static String names(CheckFacts facts, String before) {
        return facts.tasks().isEmpty() ? ""
                : before + codes(slugs(facts.tasks())) + ".";
    }

    private static String codes(List<Slug> slugs) {
        return slugs.stream().map(slug -> code(slug.value())).collect(Collectors.joining(", "));
    }
}
