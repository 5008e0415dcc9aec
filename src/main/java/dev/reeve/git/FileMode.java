package dev.reeve.git;

import java.util.Arrays;
import java.util.Optional;

/** The two modes that git knows of a regular file. */
public enum FileMode {
    REGULAR("100644"), EXECUTABLE("100755");

    private final String octal;

    FileMode(String octal) {
        this.octal = octal;
    }

    /** As trees and git's output write it: {@code 100644}. */
    public String octal() {
        return octal;
    }

    /** The mode that the digits stand for; nothing for a symbolic link, a submodule or a folder. */
    static Optional<FileMode> parse(String octal) {
        return Arrays.stream(values()).filter(mode -> mode.octal.equals(octal)).findFirst();
    }
}
