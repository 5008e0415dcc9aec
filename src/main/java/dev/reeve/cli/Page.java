package dev.reeve.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that list what a server has much of. */
final class Page {

    @Option(names = "--repository", paramLabel = "OWNER/REPO", description = "Only that of this repository.")
    private @Nullable String repository;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many (50), 500 at most.")
    private @Nullable Integer limit;

    @Option(names = "--before", paramLabel = "N", description = "The next page, as the last one says.")
    private @Nullable Long before;

    ServerClient.Query of(String path) {
        return new ServerClient.Query(path).with("repository", repository).with("limit", limit).with("before", before);
    }
}
