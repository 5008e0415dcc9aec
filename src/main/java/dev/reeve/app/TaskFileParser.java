package dev.reeve.app;

import dev.reeve.model.CatalogEntry;
import dev.reeve.model.TaskPath;
import dev.reeve.model.TaskSummary;
import dev.reeve.store.TaskCatalog;
import dev.reeve.taskfile.Reading;
import dev.reeve.taskfile.TaskFileReader;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Reads task files for the catalog. */
final class TaskFileParser implements TaskCatalog.Parser {

    /** The reader's, and the program's file where it is one: what was built anew is taken for another reader, whether or not it is. */
    @Override
    public String edition() {
        return TaskFileReader.EDITION + " " + program();
    }

    private static String program() {
        try {
            var program = Path.of(TaskFileReader.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            return Files.isRegularFile(program)
                    ? Files.size(program) + " " + Files.getLastModifiedTime(program).toMillis()
                    : "classes";
        } catch (IOException | URISyntaxException e) {
            return "unknown";
        }
    }

    @Override
    public Optional<CatalogEntry> parse(TaskPath path, byte[] content, Instant modified) {
        return switch (TaskFileReader.read(path, content)) {
            case Reading.NotATask() -> Optional.empty();
            case Reading.Invalid(var faults) ->
                Optional.of(new CatalogEntry.Faulty(path.slug().orElseThrow(), path, faults));
            case Reading.Valid(var task) -> Optional.of(new CatalogEntry.Valid(TaskSummary.of(task, modified)));
        };
    }
}
