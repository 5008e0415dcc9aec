package dev.reeve.reconcile;

import dev.reeve.model.BranchName;
import dev.reeve.model.Sha;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskCopy;
import dev.reeve.model.TaskPath;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The remote's default branch, where merged work counts, as it was when it was fetched. */
public interface Tip {

    /** The branch's name. */
    BranchName branch();

    /** The commit; nothing when the remote has no such branch. */
    Optional<Sha> commit();

    /** Where the task file of this slug is, at a cost that doesn't depend on how many there are. */
    Optional<TaskPath> find(Slug slug);

    /** Where the task files of these slugs are, those that are there. */
    default Map<Slug, TaskPath> find(Collection<Slug> slugs) {
        var paths = new LinkedHashMap<Slug, TaskPath>();
        slugs.forEach(slug -> find(slug).ifPresent(path -> paths.put(slug, path)));
        return paths;
    }

    /** Every task file. */
    List<TaskPath> all();

    /** The contents of those of the files that are there. Anything but a regular file of bearable size is left out. */
    Map<TaskPath, byte[]> read(Collection<TaskPath> paths);

    /**
     * The task file of this slug in another commit of the branch, which may have had it elsewhere; absent when it has none.
     *
     * @throws dev.reeve.git.GitFailure when the commit can't be read
     */
    TaskCopy at(Sha commit, Slug slug);

    /** Whether the commit is part of the branch. */
    boolean contains(Sha commit);
}
