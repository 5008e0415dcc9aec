package dev.reeve.git;

import dev.reeve.model.BranchName;
import dev.reeve.model.Sha;
import dev.reeve.model.Worktree;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** The linked worktrees of an operator's repository: listed cheaply, looked into one at a time, removed if git agrees. */
final class Worktrees {

    /** Enough to know when somebody last worked there, however much is lying around. */
    private static final int MOST_FILES = 1000;

    private final Git git;
    private final Path root;

    Worktrees(Git git, Path root) {
        this.git = git;
        this.root = root;
    }

    /** The first record is the main worktree, or the bare repository, and is left out. */
    List<LinkedWorktree> list() {
        return records().stream().skip(1).map(Worktrees::worktree).toList();
    }

    /** The main worktree; nothing where there is a bare repository instead. */
    Optional<Path> main() {
        return records().stream()
                .limit(1)
                .filter(attributes -> !attributes.containsKey("bare"))
                .map(attributes -> path(attributes.getOrDefault("worktree", "")))
                .findFirst();
    }

    private List<Map<String, String>> records() {
        var found = new ArrayList<Map<String, String>>();
        var attributes = new HashMap<String, String>();
        for (var field : git.in(root).run("worktree", "list", "--porcelain", "-z").text().split("\0", -1)) {
            if (!field.isEmpty()) {
                int space = field.indexOf(' ');
                attributes.put(space < 0 ? field : field.substring(0, space),
                        space < 0 ? "" : field.substring(space + 1));
            } else if (!attributes.isEmpty()) {
                found.add(Map.copyOf(attributes));
                attributes.clear();
            }
        }
        return found;
    }

    private static LinkedWorktree worktree(Map<String, String> attributes) {
        var ref = attributes.getOrDefault("branch", "");
        return new LinkedWorktree(path(attributes.getOrDefault("worktree", "")),
                BranchName.parse(ref.replaceFirst("^refs/heads/", "")),
                Sha.parse(attributes.getOrDefault("HEAD", "")).filter(sha -> !sha.isZero()),
                Optional.ofNullable(attributes.get("locked")), Optional.ofNullable(attributes.get("prunable")));
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new GitFailure(GitFailure.Kind.OTHER, "worktree", -1,
                    GitFailure.oneLine("the locale can't write " + text + ": start Reeve with LC_ALL=C.UTF-8"));
        }
    }

    Optional<Worktree> inspect(LinkedWorktree worktree, Collection<Sha> merged) {
        if (!Files.isDirectory(worktree.path())) {
            return Optional.empty();
        }
        var changes = changes(worktree.path());
        var committed = worktree.head().map(this::committedAt);
        var changed = changes.stream().limit(MOST_FILES).flatMap(file -> modifiedAt(worktree.path(), file));
        var latest = Stream.concat(committed.stream(), changed).max(Instant::compareTo).orElse(null);
        return Optional.of(new Worktree(worktree.path(), worktree.branch().orElse(null), worktree.head().orElse(null),
                changes.isEmpty(), isPushed(worktree.head(), merged), null, latest, -1));
    }

    private List<String> changes(Path worktree) {
        return git.in(worktree)
                .run("status", "--porcelain", "-z", "--no-renames", "--untracked-files=normal",
                        "--ignore-submodules=none")
                .fields()
                .stream()
                .filter(field -> field.length() > 3)
                .map(field -> field.substring(3))
                .toList();
    }

    private Instant committedAt(Sha head) {
        var seconds = git.in(root).run("log", "-1", "--format=%ct", head.value(), "--").line();
        return Instant.ofEpochSecond(Long.parseLong(seconds));
    }

    private static Stream<Instant> modifiedAt(Path folder, String file) {
        try {
            return Stream.of(
                    Files.getLastModifiedTime(folder.resolve(file), LinkOption.NOFOLLOW_LINKS).toInstant());
        } catch (IOException | InvalidPathException e) {
            // It was deleted, which is a change without a time.
            return Stream.of();
        }
    }

    private boolean isPushed(Optional<Sha> head, Collection<Sha> merged) {
        if (head.isEmpty()) {
            return false;
        }
        var command = new ArrayList<>(List.of("rev-list", "--ignore-missing", "--max-count=1", head.get().value(),
                "--not", "--remotes"));
        merged.forEach(sha -> command.add(sha.value()));
        return git.in(root).run(command).bytes().length == 0;
    }

    Removal remove(Path worktree) {
        var output = git.in(root).accept(128).run("worktree", "remove", "--", worktree.toAbsolutePath().toString());
        return output.exitCode() == 0
                ? new Removal.Removed()
                : new Removal.Refused(GitFailure.oneLine(output.errors()));
    }

    /** Links are counted, not followed; what can't be read counts nothing. */
    static long bytesOnDisk(Path folder) {
        var sum = new AtomicLong();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    sum.addAndGet(attributes.size());
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("the size of " + folder + " could not be measured", e);
        }
        return sum.get();
    }
}
