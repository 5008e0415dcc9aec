package dev.reeve.cli;

import dev.reeve.model.CatalogEntry;
import dev.reeve.model.Fault;
import dev.reeve.model.TaskStatus;
import dev.reeve.model.TaskSummary;
import dev.reeve.model.Text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Tasks as people read them in a terminal: slug, status, priority, owner, title in columns. */
final class TaskTable {

    private static final int LONGEST_OWNER = 24;
    private static final int LONGEST_TITLE = 200;
    private static final int STATUS = "not_started".length();

    private TaskTable() {}

    /** A line for each, made at once: printing ten thousand one by one takes longer than finding them. */
    static String of(List<TaskSummary> tasks, Paint paint) {
        int slugs = tasks.stream().mapToInt(task -> task.slug().value().length()).max().orElse(0);
        int owners = tasks.stream().mapToInt(task -> owner(task).length()).max().orElse(0);
        var text = new StringBuilder();
        for (var task : tasks) {
            pad(text, task.slug().value(), slugs);
            text.append(painted(task.status(), paint));
            text.append(" ".repeat(STATUS - task.status().id().length())).append("  ");
            pad(text, task.priority().id(), 2);
            pad(text, owner(task), owners);
            text.append(Text.plain(task.title(), LONGEST_TITLE)).append(System.lineSeparator());
        }
        return text.toString();
    }

    private static void pad(StringBuilder text, String column, int width) {
        text.append(column).repeat(' ', Math.max(0, width - column.length())).append("  ");
    }

    private static String owner(TaskSummary task) {
        return task.owner() == null ? "-" : Text.plain(task.owner(), LONGEST_OWNER);
    }

    private static String painted(TaskStatus status, Paint paint) {
        return switch (status) {
            case READY -> paint.good(status.id());
            case IN_PROGRESS -> paint.warning(status.id());
            case BLOCKED -> paint.bad(status.id());
            case NOT_STARTED -> status.id();
            case COMPLETED, CANCELLED -> paint.faint(status.id());
        };
    }

    /** A line for all that is wrong, as {@code task check} prints it. */
    static List<String> faults(Collection<CatalogEntry.Faulty> faulty, Collection<Fault> others) {
        var lines = new ArrayList<String>();
        faulty.forEach(entry -> entry.faults().forEach(fault -> lines.add(fault.toString())));
        others.forEach(fault -> lines.add(fault.toString()));
        return lines;
    }
}
