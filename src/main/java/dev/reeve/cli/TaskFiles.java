package dev.reeve.cli;

import dev.reeve.decide.TaskReferences;
import dev.reeve.model.Fault;
import dev.reeve.model.SignalKind;
import dev.reeve.model.Slug;
import dev.reeve.model.Task;
import dev.reeve.model.TaskPath;
import dev.reeve.store.TaskContent;
import dev.reeve.store.WorkingTree;
import dev.reeve.taskfile.DependencyPlaces;
import dev.reeve.taskfile.Reading;
import dev.reeve.taskfile.TaskFileReader;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;

/** Reads the task files of a checkout and collects what is wrong with each and between them. Used once. */
final class TaskFiles {

    private final WorkingTree tree;
    private final List<Fault> faults = new ArrayList<>();
    private final TreeSet<TaskPath> tasks = new TreeSet<>();
    private final TreeSet<TaskPath> others = new TreeSet<>();
    private final List<TaskReferences.Member> members = new ArrayList<>();

    private TaskFiles(WorkingTree tree) {
        this.tree = tree;
    }

    /**
     * What was found.
     *
     * @param tasks the files that are meant as tasks, valid or not
     * @param others files without frontmatter
     * @param faults in the order of files and lines
     */
    record Found(List<TaskPath> tasks, List<TaskPath> others, List<Fault> faults) {}

    /** Reads all task files of a checkout, and those files that were named although they are elsewhere. */
    static Found read(WorkingTree tree, List<TaskPath> named) throws IOException {
        return new TaskFiles(tree).read(named);
    }

    private Found read(List<TaskPath> named) throws IOException {
        var listing = tree.all();
        listing.faults().stream().filter(f -> f.kind() != SignalKind.DUPLICATE_SLUG).forEach(faults::add);
        for (var path : listing.paths()) {
            read(path);
        }
        faults.addAll(TaskReferences.duplicates(tasks));
        for (var path : named) {
            boolean told = faults.stream().anyMatch(f -> f.place().file().equals(path.value()));
            if (!told && !tasks.contains(path) && !others.contains(path)) {
                read(path);
            }
        }
        var known = new HashSet<Slug>();
        tasks.forEach(path -> path.slug().ifPresent(known::add));
        faults.addAll(TaskReferences.unknownDependencies(members, known));
        faults.addAll(TaskReferences.cycles(members));
        faults.sort(Comparator.comparing((Fault f) -> f.place().file())
                .thenComparingInt(f -> f.place().line())
                .thenComparingInt(f -> f.place().column()));
        return new Found(List.copyOf(tasks), List.copyOf(others), List.copyOf(faults));
    }

    private void read(TaskPath path) throws IOException {
        switch (tree.read(path)) {
            case TaskContent.Absent() -> {
            }
            case TaskContent.Refused(var fault) -> faults.add(fault);
            case TaskContent.Present present -> read(path, present.bytes());
        }
    }

    private void read(TaskPath path, byte[] content) {
        switch (TaskFileReader.read(path, content)) {
            case Reading.NotATask() -> others.add(path);
            case Reading.Invalid(var wrong) -> {
                tasks.add(path);
                faults.addAll(wrong);
            }
            case Reading.Valid(var task) -> {
                tasks.add(path);
                members.add(member(task, content));
            }
        }
    }

    private static TaskReferences.Member member(Task task, byte[] content) {
        return new TaskReferences.Member(task.slug(), DependencyPlaces.of(task, content));
    }
}
