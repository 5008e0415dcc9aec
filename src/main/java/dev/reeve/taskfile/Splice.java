package dev.reeve.taskfile;

import java.util.Comparator;
import java.util.List;

/** The chars from {@code start} to {@code end} are to become the text; none of several overlap. */
record Splice(int start, int end, String replacement) {

    /** The text with all splices done; those at one place stand in the list's order. */
    static String apply(List<Splice> splices, String text) {
        var out = new StringBuilder();
        int done = 0;
        for (var splice : splices.stream().sorted(Comparator.comparingInt(Splice::start)).toList()) {
            out.append(text, done, splice.start()).append(splice.replacement());
            done = splice.end();
        }
        return out.append(text, done, text.length()).toString();
    }
}
