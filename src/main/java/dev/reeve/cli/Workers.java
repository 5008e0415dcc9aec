package dev.reeve.cli;

import dev.reeve.dispatch.LogTail;
import dev.reeve.model.Run;
import dev.reeve.model.Slug;
import dev.reeve.model.Text;
import dev.reeve.store.DispatchFiles;
import dev.reeve.store.DispatchStatus;
import dev.reeve.store.RunFiles;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The workers of a checkout as whoever watches sees them. */
record Workers(DispatchFiles dispatch, RunFiles runs) {

    private static final int LAST_LINE = 2_048;
    private static final int LONGEST = 1_000;

    /**
     * One of them.
     *
     * @param lastLine of its output
     */
    record Seen(Slug slug, Run run, String lastLine) {}

    /** All whose last run is known, by slug. */
    List<Seen> look() throws IOException {
        var all = new ArrayList<Seen>();
        for (var slug : dispatch.slugs()) {
            if (dispatch.read(slug) instanceof DispatchStatus.Known(var run)) {
                all.add(new Seen(slug, run, run.alive() ? lastLine(log(slug)) : ""));
            }
        }
        return all;
    }

    DispatchStatus status(Slug slug) throws IOException {
        return dispatch.read(slug);
    }

    Path log(Slug slug) throws IOException {
        return runs.log(slug);
    }

    boolean anyLives(List<Seen> all) {
        return all.stream().anyMatch(one -> one.run().alive());
    }

    private static String lastLine(Path log) throws IOException {
        var text = new String(LogTail.read(log, LAST_LINE), StandardCharsets.UTF_8).stripTrailing();
        return Text.plain(text.substring(Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1), LONGEST);
    }
}
