package dev.reeve.git;

import dev.reeve.model.BranchName;
import dev.reeve.model.Sha;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** The linked worktrees of an operator's repository: listed cheaply, looked into one at a time, removed if git agrees. */
final class Worktrees {

    private final Git git;
    private final Path root;
    private final Path commonFolder;

    Worktrees(Git git, Path root, Path commonFolder) {
        this.git = git;
        this.root = root;
        this.commonFolder = commonFolder;
    }

    /**
     * The first record is the main worktree, or the bare repository, and is left out. Git keeps a folder of what it knows of linked worktrees; where there is none, it need not be asked.
     */
    List<LinkedWorktree> list() {
        return Files.notExists(commonFolder.resolve("worktrees"))
                ? List.of()
                : records().stream().skip(1).map(Worktrees::worktree).toList();
    }

    /** The main worktree; nothing where there is a bare repository instead. */
    Optional<Path> main() {
        return records().stream()
                .limit(1)
                .filter(attributes -> !attributes.containsKey("bare"))
                .map(attributes -> path(attributes.getOrDefault("worktree", "")))
                .findFirst();
    }

    /** The main worktree, or the bare repository, and then those that are linked to it. */
    List<LinkedWorktree> all() {
        return records().stream().map(Worktrees::worktree).toList();
    }

    /** Whether the repository has this ref. */
    boolean has(String ref) {
        return git.in(root).accept(1).run("show-ref", "--verify", "--quiet", "--", ref).exitCode() == 0;
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

    Inspection inspection(Collection<LinkedWorktree> worktrees, Collection<Sha> bases) {
        return new Inspection(git, root, commonFolder, worktrees, bases);
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
