package dev.reeve.setup;

import dev.reeve.git.Housekeeping;
import dev.reeve.model.BranchName;
import dev.reeve.model.OwnerKey;
import dev.reeve.model.TasksRoot;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Makes a repository ready: what {@code reeve init} does. Each step is taken whatever became of the others. */
public final class Setup {

    private final Path root;
    private final Housekeeping git;
    private final Site site;

    /** @param root the top of the main checkout */
    public Setup(Path root, Housekeeping git, Site site) {
        this.root = root;
        this.git = git;
        this.site = site;
    }

    /**
     * The files.
     *
     * @param branch the default branch as the remote says; asked only when there is no team's file yet
     * @param owner who sets it up, if that is known
     */
    public List<Deed> files(Supplier<Optional<BranchName>> branch, Optional<OwnerKey> owner) {
        var deeds = new ArrayList<Deed>();
        deeds.add(new TeamFile(root).complete(branch, owner, site));
        deeds.add(withTasks(".gitignore", tasks -> new IgnoreFile(root, git).complete(tasks, site)));
        deeds.add(withTasks("tasks", tasks -> new TasksFolder(root).complete(tasks, site)));
        deeds.add(withTasks(AgentsFile.NAME, tasks -> new AgentsFile(root).complete(tasks, site)));
        return List.copyOf(deeds);
    }

    /** Where the tasks are is for the team's file to say; where that is wrong nothing is made in a wrong place. */
    private Deed withTasks(String subject, Function<TasksRoot, Deed> step) {
        return new TeamFile(root).team()
                .map(team -> step.apply(new TasksRoot(team.tasks())))
                .orElseGet(() -> Deed.failed(subject, "where the tasks are isn't known before .reeve.yml is right"));
    }
}
