package dev.reeve.model;

/** A place in a file, for people and editors: line and column count from 1, columns in code points. */
public record Place(String file, int line, int column) {

    /** The place of a file as a whole. */
    public static Place of(String file) {
        return new Place(file, 1, 1);
    }

    /** {@code file:line:column}, as compilers print it. */
    @Override
    public String toString() {
        return Text.plain(file, 300) + ":" + line + ":" + column;
    }
}
