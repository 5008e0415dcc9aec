package dev.reeve.git;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The folder of a managed clone, owned by this process alone: the kernel holds a lock for as long as the process lives, on
 * a file beside the folder that nothing else opens. So everything that a crash left in it (lock files, half written
 * packs, running processes) is known to be nobody's.
 *
 * <p><i>Threading:</i> claiming is safe from any thread; the rest is called under the clone's mutex.
 */
final class CloneFolder implements AutoCloseable {

    /** A file lock is void as soon as any channel of this process on that file is closed, so it is tried only once. */
    private static final Set<Path> CLAIMED = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;

    private CloneFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** @throws GitFailure when another owner has it */
    static CloneFolder claim(Path folder) {
        try {
            var path = Files.createDirectories(folder.toAbsolutePath().getParent())
                    .toRealPath()
                    .resolve(folder.getFileName());
            if (!CLAIMED.add(path)) {
                throw inUse(path);
            }
            return new CloneFolder(path, locked(path));
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of the clone " + folder + " can't be used", e);
        }
    }

    private static FileChannel locked(Path path) throws IOException {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(path.resolveSibling(path.getFileName() + ".owner"), StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                throw inUse(path);
            }
            return channel;
        } catch (IOException | GitFailure e) {
            CLAIMED.remove(path);
            closeQuietly(channel);
            throw e;
        }
    }

    private static void closeQuietly(@Nullable FileChannel channel) throws IOException {
        if (channel != null) {
            channel.close();
        }
    }

    private static GitFailure inUse(Path path) {
        return new GitFailure(GitFailure.Kind.OTHER, "clone", -1, path + " is in use: one server to a data folder");
    }

    Path path() {
        return path;
    }

    /** Where a push keeps its commits until the remote has taken them. */
    Path outgoing() {
        return path.resolve("reeve-outgoing");
    }

    /** Makes the folder for outgoing commits anew: git takes a repository whose object folder is missing for none. */
    void clearOutgoing() {
        delete(outgoing());
        try {
            Files.createDirectories(outgoing().resolve("pack"));
        } catch (IOException e) {
            throw new UncheckedIOException("no place for new commits in " + path, e);
        }
    }

    /** Ends what a killed predecessor left running, clears what it left lying, and makes the repository if there is none. */
    void prepare(Git git) {
        if (Files.exists(path)) {
            Leftovers.end(path);
            sweep();
        } else {
            create(git);
        }
    }

    private void create(Git git) {
        var unfinished = sibling(".new");
        delete(unfinished);
        try {
            Files.createDirectory(unfinished);
            Upstream.isolated(git.in(unfinished))
                    .environment("GIT_DEFAULT_REF_FORMAT", "files")
                    .run("init", "--bare", "--quiet", "--template=", ".");
            Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("no clone could be made at " + path, e);
        }
    }

    /** Puts a damaged repository beside, for a person to look at, in place of an earlier one, and makes an empty one. */
    void replace(Git git) {
        var broken = sibling(".broken");
        delete(broken);
        try {
            Files.move(path, broken, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("the damaged clone " + path + " could not be set aside", e);
        }
        create(git);
    }

    private Path sibling(String suffix) {
        return path.resolveSibling(path.getFileName() + suffix);
    }

    /** Removes lock files and unfinished packs; no git process of ours runs while this does. */
    void sweep() {
        delete(outgoing());
        removeIf(path, 1, name -> name.endsWith(".lock") || name.equals("gc.pid"));
        removeIf(path.resolve("refs"), 64, name -> name.endsWith(".lock"));
        removeIf(path.resolve("objects/info"), 2, name -> name.endsWith(".lock"));
        removeIf(path.resolve("objects/pack"), 1,
                name -> name.startsWith("tmp_") || name.startsWith(".tmp-") || name.endsWith(".lock"));
    }

    private static void removeIf(Path folder, int depth, Predicate<String> unwanted) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var files = Files.find(folder, depth,
                (file, attributes) -> attributes.isRegularFile() && unwanted.test(file.getFileName().toString()))) {
            for (var file : files.toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " could not be cleared of what a crash left", e);
        }
    }

    /** Moves finished packs from the outgoing objects into the clone, the index of each last, as git itself does. */
    void adoptOutgoing() {
        var packs = path.resolve("objects/pack");
        try (var files = Files.find(outgoing().resolve("pack"), 1, (file, attributes) -> attributes.isRegularFile())) {
            var all = files.toList();
            Files.createDirectories(packs);
            for (var suffix : List.of(".pack", ".rev", ".idx")) {
                for (var file : all.stream().filter(f -> f.getFileName().toString().endsWith(suffix)).toList()) {
                    adopt(file, packs.resolve(file.getFileName()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("pushed commits could not be kept in " + path, e);
        }
    }

    /** The remote has these objects now, and so promises them: without that mark git would search all history for them. */
    private static void adopt(Path file, Path target) throws IOException {
        var name = target.getFileName().toString();
        if (name.endsWith(".pack")) {
            var mark = target.resolveSibling(name.replaceFirst("\\.pack$", ".promisor"));
            Files.write(mark, new byte[0], StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        }
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Deletes a folder and all in it, if there is one; a symbolic link is deleted, not followed. */
    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e) throws IOException {
                    Files.delete(dir);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " could not be deleted", e);
        }
    }

    /** Deletes the folder and what lies beside it, the file that says whose it is last, and gives it up. */
    void remove() {
        try {
            Leftovers.end(path);
            List.of("", ".new", ".broken").forEach(suffix -> delete(sibling(suffix)));
            Files.deleteIfExists(sibling(".owner"));
        } catch (IOException e) {
            throw new UncheckedIOException("the clone " + path + " could not be removed", e);
        } finally {
            close();
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            CLAIMED.remove(path);
        }
    }
}
