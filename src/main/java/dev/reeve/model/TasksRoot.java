package dev.reeve.model;

/**
 * The folder that holds a repository's task files, {@code tasks} unless configured, and the rule which files below
 * it may be tasks.
 */
public record TasksRoot(TaskPath path) {

    /** Where task files are when nothing else is configured. */
    public static final TasksRoot DEFAULT = new TasksRoot(new TaskPath("tasks"));

    /**
     * Whether a file there may be a task: it is below this folder, its name ends with {@code .md}, and no part on
     * the way is one that is skipped. Whether its name is a slug, and whether it has frontmatter, is another question.
     */
    public boolean mayHold(TaskPath file) {
        if (!file.value().startsWith(path + "/") || !file.value().endsWith(".md")) {
            return false;
        }
        var parts = file.value().substring(path.value().length() + 1).split("/", -1);
        for (int i = 0; i < parts.length - 1; i++) {
            if (skipsFolder(parts[i])) {
                return false;
            }
        }
        return !skipsFile(parts[parts.length - 1]);
    }

    /** Whether a folder of this name, at any depth, holds no tasks: {@code logs}, {@code templates}, {@code .x}, {@code _x}. */
    public static boolean skipsFolder(String name) {
        return name.equals("logs") || name.equals("templates") || skipsFile(name);
    }

    /** Whether a file of this name is no task: {@code .x}, {@code _x}. */
    public static boolean skipsFile(String name) {
        return name.startsWith(".") || name.startsWith("_");
    }

    @Override
    public String toString() {
        return path.value();
    }
}
