package dev.reeve.git;

import dev.reeve.model.Text;

/** A line {@code Key: value} in the last paragraph of a commit's message. Line breaks in the value become spaces. */
public record Trailer(String key, String value) {

    /** @throws IllegalArgumentException when the key is not made of letters, digits and {@code -} */
    public Trailer {
        if (!key.matches("[A-Za-z0-9][A-Za-z0-9-]{0,99}")) {
            throw new IllegalArgumentException("not a trailer's key: " + Text.quoted(key));
        }
        value = value.replaceAll("\\p{Cntrl}", " ").strip();
    }

    @Override
    public String toString() {
        return key + ": " + value;
    }
}
