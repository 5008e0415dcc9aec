package dev.reeve.reconcile;

import dev.reeve.decide.TaskReferences;
import dev.reeve.git.Entry;
import dev.reeve.git.ManagedClone;
import dev.reeve.model.Fault;
import dev.reeve.model.Place;
import dev.reeve.model.PullRequest;
import dev.reeve.model.Sha;
import dev.reeve.model.SignalKind;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskCopy;
import dev.reeve.model.TaskPath;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an open pull request changes, as git shows it: from where its branch was cut to its head, with what it deletes, and without the end that GitHub's list of
 * files has.
 */
public final class Proposal {

    /** So many task files of one are looked at, since all of them are held in memory. */
    private static final int MOST = 1_000;

    private final ManagedClone clone;
    private final CloneTip tip;
    private final Sha cut;
    private final Sha head;

    private Proposal(ManagedClone clone, CloneTip tip, Sha cut, Sha head) {
        this.clone = clone;
        this.tip = tip;
        this.cut = cut;
        this.head = head;
    }

    /** @throws dev.reeve.git.GitFailure when git doesn't show its head, or not yet */
    static Proposal of(ManagedClone clone, CloneTip tip, PullRequest pr) {
        clone.require(pr.headSha());
        var cut = tip.commit().flatMap(at -> clone.mergeBase(pr.headSha(), at).or(() -> Optional.of(at)));
        return new Proposal(clone, tip, cut.orElse(pr.headSha()), pr.headSha());
    }

    private List<TaskPath> changed(TaskPath under) {
        return clone.changedPaths(cut, head, under).orElseThrow();
    }

    /** Whether it changes the team's configuration, or takes it away. */
    public boolean changesConfiguration() {
        return !changed(CloneTip.CONFIGURATION).isEmpty();
    }

    /** The task files that it adds, changes or deletes. */
    public HeadFiles taskFiles() {
        var changed = changed(tip.tasksRoot().path()).stream().filter(tip::isTaskFile).toList();
        var seen = changed.subList(0, Math.min(MOST, changed.size()));
        var copies = new LinkedHashMap<TaskPath, TaskCopy>();
        var gone = new LinkedHashSet<TaskPath>();
        var faults = new ArrayList<Fault>();
        clone.read(head, seen).forEach((path, entry) -> {
            switch (entry) {
                case Entry.RegularFile file -> copies.put(path, Copies.of(path, file.content(), null));
                case Entry.Absent _ -> gone.add(path);
                case Entry.TooLarge _ -> faults.add(unreadable(path, "it is longer than a task file may be"));
                case Entry.NotAFile _ -> faults.add(unreadable(path, "it is no regular file"));
            }
        });
        var before = stated(tip.read(seen));
        var slugs = stated(copies).keySet().stream().flatMap(path -> path.slug().stream()).collect(Collectors.toSet());
        var deleted = gone.stream()
                .filter(before::containsKey)
                .flatMap(path -> path.slug().stream())
                .filter(slug -> !slugs.contains(slug) && elsewhere(slug, gone).isEmpty())
                .distinct()
                .toList();
        faults.addAll(duplicates(stated(copies).keySet(), before.keySet(), gone));
        return new HeadFiles(copies, deleted, faults, changed.size() - seen.size());
    }

    private static Fault unreadable(TaskPath path, String why) {
        return new Fault(SignalKind.INVALID_FRONTMATTER, Place.of(path.value()), why);
    }

    private static Map<TaskPath, TaskCopy> stated(Map<TaskPath, ?> contents) {
        var copies = new LinkedHashMap<TaskPath, TaskCopy>();
        contents.forEach((path, content) -> {
            var copy = content instanceof byte[] bytes ? Copies.of(path, bytes, null) : (TaskCopy) content;
            if (!(copy instanceof TaskCopy.Absent)) {
                copies.put(path, Objects.requireNonNull(copy));
            }
        });
        return copies;
    }

    /** A new file whose slug another file has as well: nobody could tell which of them is the task. */
    private List<Fault> duplicates(Set<TaskPath> here, Set<TaskPath> before, Set<TaskPath> gone) {
        var added = here.stream().filter(path -> !before.contains(path)).collect(Collectors.toSet());
        var all = new HashSet<>(here);
        added.stream().flatMap(path -> path.slug().stream()).forEach(slug -> all.addAll(elsewhere(slug, gone)));
        return TaskReferences.duplicates(all)
                .stream()
                .filter(fault -> added.contains(new TaskPath(fault.place().file())))
                .toList();
    }

    /** The files of the task on the default branch that stay. */
    private Set<TaskPath> elsewhere(Slug slug, Set<TaskPath> gone) {
        var files = tip.findAll(slug).stream().filter(path -> !gone.contains(path)).toList();
        return stated(tip.read(files)).keySet();
    }
}
