package dev.reeve.store;

import dev.reeve.model.Fault;
import dev.reeve.model.TaskPath;

import java.util.List;

/**
 * The task files of a checkout.
 *
 * @param paths sorted; whether a file among them is a task or a text without frontmatter is for whoever reads it
 * @param faults names that are no slug, slugs that several files claim, links, folders that can't be read
 * @param unread folders and files that the system did not let us read: a task that is not among the paths may be there
 */
public record TaskListing(List<TaskPath> paths, List<Fault> faults, List<String> unread) {}
