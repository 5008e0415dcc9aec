package dev.reeve.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** A ref that names another one, as git keeps it in a file: such refs are never packed with others. */
final class SymbolicRef {

    private static final String BEGINNING = "ref: ";
    private static final int LONGEST = 1 << 13;

    private SymbolicRef() {}

    /** The ref that it names; nothing where it isn't kept so, and git itself must be asked. */
    static Optional<String> read(Path file) {
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LONGEST) {
                return Optional.empty();
            }
            var said = Files.readString(file).strip();
            return said.startsWith(BEGINNING) ? Optional.of(said.substring(BEGINNING.length()).strip())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
