package dev.reeve.taskfile;

import java.util.List;

/**
 * What a key is to be set to. A text is written so that every YAML reader takes it for a string: what YAML 1.1
 * or 1.2 would read as a number, date, time, boolean or null is quoted. Only a number that is meant as one is
 * written bare.
 */
public sealed interface Value {

    /** A string, quoted where needed. */
    record OfText(String text) implements Value {}

    /** A number, written as its decimal digits. */
    record OfNumber(long number) implements Value {}

    /** A list of strings, written on one line, {@code [a, b]}. */
    record OfTexts(List<String> texts) implements Value {

        public OfTexts {
            texts = List.copyOf(texts);
        }
    }

    /** A string. */
    static Value of(String text) {
        return new OfText(text);
    }

    /** A number. */
    static Value of(long number) {
        return new OfNumber(number);
    }

    /** A list of strings. */
    static Value of(List<String> texts) {
        return new OfTexts(texts);
    }
}
