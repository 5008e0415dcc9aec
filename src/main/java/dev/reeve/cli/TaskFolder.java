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
record TaskFolder(Whereabouts here, TeamConfiguration team, TasksRoot root, WorkingTree tree) {

    /** Those of the checkout that the command was started in. */
    static TaskFolder around(Reeve reeve) throws IOException {
        var here = Whereabouts.around(reeve.directory());
        var team = here.team();
        var root = new TasksRoot(team.tasks());
        return new TaskFolder(here, team, root, LocalTasks.in(here.root(), root));
    }

    /** This, if there is such a folder: that there is none must not look as if all were well. */
    TaskFolder existing() throws IOException {
        if (!tree.isThere()) {
            throw Refusal.usage("there is no folder " + Text.plain(root.toString(), 300)
                    + "/ in " + Text.plain(here.root().toString(), 300)
                    + ": make the first task with reeve task new, or name another folder as tasks in "
                    + TeamConfiguration.FILE);
        }
        return this;
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
