package dev.reeve.dispatch;

import dev.reeve.model.RunId;
import dev.reeve.store.RunRecord.Site;

/** What came of starting a run. */
public sealed interface Started {

    /**
     * It is under way and needs nobody any more.
     *
     * @param pid of what it runs
     * @param attempt which of the task's runs it is, of those that count
     */
    record Running(RunId id, long pid, Site site, int attempt) implements Started {}

    /** It was not to be; nothing has changed. */
    record Refused(String reason) implements Started {}

    /** It was to be and could not; what was claimed is given back. */
    record Failed(String reason) implements Started {}
}
