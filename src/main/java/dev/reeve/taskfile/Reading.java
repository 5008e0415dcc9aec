package dev.reeve.taskfile;

import dev.reeve.model.Fault;
import dev.reeve.model.Task;

import java.util.List;

/** What a file turned out to be. */
public sealed interface Reading {

    /** The file has no frontmatter, so it is no task. */
    record NotATask() implements Reading {}

    /** The file is meant as a task and says so wrongly; everything that is wrong, in the file's order. */
    record Invalid(List<Fault> faults) implements Reading {}

    /** The file is a task. */
    record Valid(Task task) implements Reading {}
}
