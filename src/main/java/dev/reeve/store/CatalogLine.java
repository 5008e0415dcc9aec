package dev.reeve.store;

import dev.reeve.model.BranchName;
import dev.reeve.model.CatalogEntry;
import dev.reeve.model.Fault;
import dev.reeve.model.Place;
import dev.reeve.model.Priority;
import dev.reeve.model.SignalKind;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskPath;
import dev.reeve.model.TaskStatus;
import dev.reeve.model.TaskSummary;
import dev.reeve.store.KnownFile.Trust;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One file ↔ its line in the catalog: path, stamp, and what the file is; then a task's fields or a broken file's faults, four columns each. */
final class CatalogLine {

    private static final String NO_TASK = "-";
    private static final String TASK = "t";
    private static final String FAULTY = "f";
    /** Columns before those of a task or of faults. */
    private static final int COMMON = 6;
    private static final int OF_A_FAULT = 4;

    private CatalogLine() {}

    static void append(StringBuilder line, KnownFile file) {
        TabbedLines.append(line, file.path().value());
        TabbedLines.append(line, file.stamp().size());
        TabbedLines.append(line, file.stamp().modified());
        TabbedLines.append(line, file.stamp().changed());
        TabbedLines.append(line, file.stamp().inode());
        switch (file.entry().orElse(null)) {
            case CatalogEntry.Valid(var task) -> append(line, task);
            case CatalogEntry.Faulty faulty -> append(line, faulty.faults());
            case CatalogEntry.Missing _ -> throw new IllegalArgumentException("a file that is missing");
            case null -> TabbedLines.append(line, NO_TASK);
        }
    }

    private static void append(StringBuilder line, TaskSummary task) {
        TabbedLines.append(line, TASK);
        TabbedLines.append(line, task.title());
        TabbedLines.append(line, task.status().name());
        TabbedLines.append(line, task.priority().name());
        TabbedLines.append(line, task.milestone());
        TabbedLines.append(line, task.owner());
        TabbedLines.append(line, task.dependsOn().stream().map(Slug::value).collect(Collectors.joining(" ")));
        var branch = task.branch().equals(BranchName.ofTask(task.slug())) ? null : task.branch().value();
        TabbedLines.append(line, branch);
        TabbedLines.append(line, task.prNumber() == null ? 0 : task.prNumber());
        TabbedLines.append(line, task.openBoxes());
        TabbedLines.append(line, task.reviewRecord() ? 1 : 0);
    }

    private static void append(StringBuilder line, List<Fault> faults) {
        TabbedLines.append(line, FAULTY);
        for (var fault : faults) {
            TabbedLines.append(line, fault.kind().name());
            TabbedLines.append(line, fault.place().line());
            TabbedLines.append(line, fault.place().column());
            TabbedLines.append(line, fault.message());
        }
    }

    /** @throws IllegalArgumentException when the line is none that is written here */
    static KnownFile read(TabbedLines line, Shared shared) {
        var path = new TaskPath(line.text(0));
        var stamp = new FileStamp(FileStamp.Kind.FILE, line.number(1), line.number(2), line.number(3), line.number(4));
        return new KnownFile(path, stamp, Trust.SETTLED, switch (line.text(5)) {
            case NO_TASK -> Optional.empty();
            case TASK -> Optional.of(new CatalogEntry.Valid(task(line, path, stamp, shared)));
            case FAULTY -> Optional.of(new CatalogEntry.Faulty(slug(path), path, faults(line, path)));
            default -> throw new IllegalArgumentException("neither a task nor none");
        });
    }

    private static Slug slug(TaskPath path) {
        return path.slug().orElseThrow(() -> new IllegalArgumentException("a file that can be no task"));
    }

    private static TaskSummary task(TabbedLines line, TaskPath path, FileStamp stamp, Shared shared) {
        var slug = slug(path);
        long pr = line.number(COMMON + 7);
        return new TaskSummary(slug, path, line.text(COMMON), TaskStatus.valueOf(line.text(COMMON + 1)),
                Priority.valueOf(line.text(COMMON + 2)), shared.text(line.textOrNull(COMMON + 3)),
                shared.text(line.textOrNull(COMMON + 4)), slugs(line.text(COMMON + 5), shared),
                branch(slug, line.textOrNull(COMMON + 6)), pr == 0 ? null : Math.toIntExact(pr),
                (int) line.number(COMMON + 8), line.number(COMMON + 9) == 1, stamp.modifiedAt());
    }

    private static BranchName branch(Slug slug, @Nullable String name) {
        return name == null ? BranchName.ofTask(slug) : new BranchName(name);
    }

    private static List<Slug> slugs(String text, Shared shared) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(" ", -1)).map(one -> shared.slug(new Slug(one))).toList();
    }

    private static List<Fault> faults(TabbedLines line, TaskPath path) {
        var faults = new ArrayList<Fault>();
        for (int at = COMMON; at < line.columns(); at += OF_A_FAULT) {
            var place = new Place(path.value(), (int) line.number(at + 1), (int) line.number(at + 2));
            faults.add(new Fault(SignalKind.valueOf(line.text(at)), place, line.text(at + 3)));
        }
        return List.copyOf(faults);
    }
}
