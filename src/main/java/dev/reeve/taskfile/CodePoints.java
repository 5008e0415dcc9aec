package dev.reeve.taskfile;

import org.jspecify.annotations.Nullable;

/** Turns code points, in which the YAML parser counts, into the chars of a text. */
final class CodePoints {

    /** The char offset of each code point and of the text's end; null while both are counted alike. */
    private final int @Nullable [] offsets;

    CodePoints(String text) {
        int count = text.codePointCount(0, text.length());
        this.offsets = count == text.length() ? null : offsets(text, count);
    }

    private static int[] offsets(String text, int count) {
        var offsets = new int[count + 1];
        for (int i = 0, at = 0; i < count; i++) {
            at += Character.charCount(text.codePointAt(at));
            offsets[i + 1] = at;
        }
        return offsets;
    }

    /** The char offset of the code point with the index. */
    int charOffset(int index) {
        return offsets == null ? index : offsets[index];
    }
}
