package dev.reeve.store;

import dev.reeve.model.CatalogEntry;
import dev.reeve.model.Fault;
import dev.reeve.model.Slug;

import java.util.List;
import java.util.SequencedMap;

/**
 * All tasks of a checkout as they were in one walk. Files without frontmatter are not among them.
 *
 * @param entries by slug, in the order of their paths; unmodifiable. A slug that several files claim is one faulty entry at the first of them, with a fault for each
 * @param faults what is wrong in the tree beside the entries: names that are no slug, links, folders in place of files, folders that can't be read
 * @param unread folders and files that the system did not let us look at: a task that is not among the entries may be there
 */
public record Catalog(SequencedMap<Slug, CatalogEntry> entries, List<Fault> faults, List<String> unread) {

    /** The same as a walk that reads no file states it; of the files that claim one slug only the first is in it. */
    public TaskListing listing() {
        var paths = entries.values().stream().flatMap(entry -> entry.path().stream()).toList();
        return new TaskListing(paths, faults, unread);
    }
}
