package dev.reeve.reconcile;

import dev.reeve.decide.BookkeepingWording.Entry;
import dev.reeve.git.Commit;
import dev.reeve.git.FetchResult;
import dev.reeve.git.ManagedClone;
import dev.reeve.git.Trailer;
import dev.reeve.model.BranchName;
import dev.reeve.model.Sha;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskPath;
import dev.reeve.model.Text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The branch of the bookkeeping pull request as it stands at the remote: what is on it and not on the default branch.
 *
 * @param base where it left the default branch
 * @param waiting our commits, by what they say they are, the oldest first; each with the deliveries that caused it
 * @param theirs commits of somebody else; what merely merges isn't counted, as GitHub's button to update the branch makes it
 */
record BookkeepingBranch(ManagedClone git, Sha head, Sha base, Map<Entry, List<String>> waiting,
        List<Commit> theirs) {

    static final BranchName NAME = BranchName.BOOKKEEPING;

    private static final int MOST_COMMITS = 5_000;

    /** The branch as it is now; nothing when it isn't there, or has nothing in common with the default branch. */
    static Optional<BookkeepingBranch> fetch(ManagedClone clone, Sha tip) {
        return switch (clone.fetch(NAME)) {
            case FetchResult.Missing() -> Optional.empty();
            case FetchResult.Fetched(var head, var _, var _) -> at(clone, head, tip);
        };
    }

    /** The branch as it was when it stood at a commit that is in the clone. */
    static Optional<BookkeepingBranch> at(ManagedClone clone, Sha head, Sha tip) {
        return clone.mergeBase(head, tip)
                .flatMap(base -> clone.commits(tip, head, MOST_COMMITS)
                        .map(commits -> of(clone, head, base, commits.reversed())));
    }

    private static BookkeepingBranch of(ManagedClone clone, Sha head, Sha base, List<Commit> commits) {
        var waiting = new LinkedHashMap<Entry, List<String>>();
        var theirs = new ArrayList<Commit>();
        for (var commit : commits) {
            var entry = entry(commit.trailers()).filter(known -> changesNothingBut(clone, commit, known.slug()));
            entry.ifPresent(known -> waiting.put(known, values(commit.trailers(), Trailers.DELIVERY).toList()));
            if (entry.isEmpty() && commit.parents().size() < 2) {
                theirs.add(commit);
            }
        }
        return new BookkeepingBranch(clone, head, base, waiting, theirs);
    }

    /** Anybody can write our trailers, and who amends a commit of ours keeps them: it is ours only while it changes nothing but the task's file. */
    private static boolean changesNothingBut(ManagedClone clone, Commit commit, Slug slug) {
        return commit.parents().size() == 1 && clone.changedPaths(commit.parents().getFirst(), commit.sha())
                .filter(paths -> paths.stream().allMatch(path -> path.slug().filter(slug::equals).isPresent()))
                .isPresent();
    }

    /** What a commit with these trailers says it is about; nothing when it doesn't say that it is ours. */
    static Optional<Entry> entry(List<Trailer> trailers) {
        var number = values(trailers, Trailers.PULL_REQUEST).filter(value -> value.matches("[1-9][0-9]{0,8}"))
                .map(Integer::valueOf)
                .findFirst();
        return values(trailers, Trailers.TASK).flatMap(value -> Slug.parse(value).stream())
                .findFirst()
                .map(slug -> new Entry(slug, number));
    }

    private static Stream<String> values(List<Trailer> trailers, String key) {
        return trailers.stream().filter(trailer -> trailer.key().equals(key)).map(Trailer::value);
    }

    /** The tasks whose files don't say there what they are to say. */
    Set<Slug> otherThan(Map<TaskPath, byte[]> contents) {
        var there = git.read(head, contents.keySet());
        return contents.entrySet()
                .stream()
                .filter(wanted -> !(there.get(wanted.getKey()) instanceof dev.reeve.git.Entry.RegularFile file
                        && Arrays.equals(file.content(), wanted.getValue())))
                .flatMap(wanted -> wanted.getKey().slug().stream())
                .collect(Collectors.toSet());
    }

    /** Whether nobody else has committed to it. */
    boolean isOurs() {
        return theirs.isEmpty();
    }

    /** Whether a change of these files on the tip of the default branch is the same change here: none of them has changed since the branch left it. */
    boolean fits(Sha tip, Set<TaskPath> paths) {
        return paths.stream().allMatch(path -> git.changedPaths(base, tip, path).filter(List::isEmpty).isPresent());
    }

    /** Whose commits keep it from being made anew, for people. */
    String intruders() {
        return theirs.stream()
                .limit(3)
                .map(commit -> commit.sha().value().substring(0, 7) + " by "
                        + Text.plain(commit.author().name(), 60))
                .collect(Collectors.joining(", "));
    }
}
