package dev.reeve.taskfile;

import dev.reeve.model.Text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines that an edit changed. It is made for edits that keep most lines and their order: a line that is in both texts
 * is only told as changed when its order is.
 *
 * @param lines in order, only those that changed
 */
public record LineDiff(List<Line> lines) {

    private static final int LONGEST = 300;

    /** What became of a line. */
    public enum Change {
        REMOVED("-"), ADDED("+");

        private final String sign;

        Change(String sign) {
            this.sign = sign;
        }
    }

    /** A changed line; its number counts from 1 in the text that has it. */
    public record Line(Change change, int number, String text) {
        @Override
        public String toString() {
            return change.sign + " " + Text.plain(text, LONGEST);
        }
    }

    /** Compares two texts, line by line. */
    public static LineDiff between(byte[] before, byte[] after) {
        var old = lines(before);
        var now = lines(after);
        var changed = new ArrayList<Line>();
        int i = 0;
        int j = 0;
        while (i < old.size() || j < now.size()) {
            if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
                i++;
                j++;
            } else if (i < old.size() && !now.subList(j, now.size()).contains(old.get(i))) {
                changed.add(new Line(Change.REMOVED, i + 1, old.get(i++)));
            } else if (j < now.size()) {
                changed.add(new Line(Change.ADDED, j + 1, now.get(j++)));
            } else {
                changed.add(new Line(Change.REMOVED, i + 1, old.get(i++)));
            }
        }
        return new LineDiff(List.copyOf(changed));
    }

    private static List<String> lines(byte[] text) {
        return List.of(new String(text, StandardCharsets.UTF_8).split("\r?\n", -1));
    }
}
