package dev.reeve.cli;

import dev.reeve.app.LocalTasks;
import dev.reeve.config.TeamConfiguration;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskPath;
import dev.reeve.model.TasksRoot;
import dev.reeve.model.Text;
import dev.reeve.store.WorkingTree;

import java.io.IOException;
import java.util.stream.Collectors;

/**
 * The task files that a command works on.
 *
 * @param root below the checkout's
 */
record TaskFolder(Checkout checkout, TeamConfiguration team, TasksRoot root, WorkingTree tree) {

    /** Those of the checkout that the command was started in. */
    static TaskFolder around(Reeve reeve) throws IOException {
        var checkout = Checkout.around(reeve.directory());
        var team = checkout.team();
        var root = new TasksRoot(team.tasks());
        return new TaskFolder(checkout, team, root, LocalTasks.in(checkout.root(), root));
    }

    /** This, if there is such a folder: that there is none must not look as if all were well. */
    TaskFolder existing() throws IOException {
        if (!tree.isThere()) {
            throw Refusal.usage("there is no folder " + Text.plain(root.toString(), 300)
                    + "/ in " + Text.plain(checkout.root().toString(), 300)
                    + ": make the first task with reeve task new, or name another folder as tasks in "
                    + TeamConfiguration.FILE);
        }
        return this;
    }

    /** The slug that an argument names. */
    static Slug slug(String text) {
        return Slug.parse(text)
                .orElseThrow(() -> Refusal
                        .usage(Text.quoted(text) + " is not a slug: it is the task file's name without .md"));
    }

    /** The one file of a task. */
    TaskPath find(Slug slug) throws IOException {
        var paths = tree.find(slug);
        if (paths.isEmpty()) {
            throw Refusal.failed("there is no task " + slug + " under " + root + "/");
        }
        if (paths.size() > 1) {
            throw Refusal.failed("several files are the task " + slug + ": "
                    + paths.stream().map(TaskPath::value).collect(Collectors.joining(", ")) + "; rename all but one");
        }
        return paths.getFirst();
    }
}
