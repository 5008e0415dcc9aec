package dev.reeve.store;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What lies in a folder. */
final class FolderEntries {

    private FolderEntries() {}

    /**
     * The entries whose names match, in no order.
     *
     * @param glob as {@link Files#newDirectoryStream(Path, String)} takes it
     */
    static List<Path> of(Path folder, String glob) throws IOException {
        var found = new ArrayList<Path>();
        try (var entries = Files.newDirectoryStream(folder, glob)) {
            entries.forEach(found::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found;
    }
}
