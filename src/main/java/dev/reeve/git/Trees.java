package dev.reeve.git;

import dev.reeve.model.Sha;
import dev.reeve.model.TaskPath;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Reads files out of commits: one process for what stands where and how large it is, one for all contents. */
final class Trees {

    /** Up to here paths are named to git one by one; beyond, listing the folder that holds them all is cheaper. */
    private static final int FEW = 64;

    private final Supplier<Command> git;
    private final Consumer<List<Sha>> fetchBlobs;

    /** @param fetchBlobs brings the blobs that a partial clone has not got yet */
    Trees(Supplier<Command> git, Consumer<List<Sha>> fetchBlobs) {
        this.git = git;
        this.fetchBlobs = fetchBlobs;
    }

    /** A line of {@code ls-tree -l}. A size of -1: the blob is not here. */
    private record Line(String mode, String type, Sha sha, long size, String path) {

        static Line parse(String field) {
            int tab = field.indexOf('\t');
            var words = field.substring(0, tab).split(" +");
            long size = words[3].matches("[0-9]+") ? Long.parseLong(words[3]) : -1;
            return new Line(words[0], words[1], new Sha(words[2]), size, field.substring(tab + 1));
        }

        boolean isAbsentBlob() {
            return size < 0 && FileMode.parse(mode).isPresent();
        }

        boolean isReadable() {
            return size >= 0 && size <= Entry.LONGEST_FILE && FileMode.parse(mode).isPresent();
        }
    }

    Map<TaskPath, Entry> read(Sha commit, Collection<TaskPath> paths) {
        if (paths.isEmpty()) {
            return Map.of();
        }
        var lines = list(commit, paths);
        var absent = lines.values().stream().filter(Line::isAbsentBlob).map(Line::sha).distinct().toList();
        if (!absent.isEmpty()) {
            fetchBlobs.accept(absent);
            lines = list(commit, paths);
        }
        var contents = contents(lines.values().stream().filter(Line::isReadable).map(Line::sha).distinct().toList());
        var entries = new LinkedHashMap<TaskPath, Entry>();
        for (var path : paths) {
            entries.put(path, entry(path, lines.get(path.value()), contents));
        }
        return entries;
    }

    /** Which of the paths are regular files in the commit; none is read. */
    Set<TaskPath> regularFiles(Sha commit, Collection<TaskPath> paths) {
        if (paths.isEmpty()) {
            return Set.of();
        }
        var lines = list(commit, paths);
        return paths.stream().filter(path -> {
            var line = lines.get(path.value());
            return line != null && FileMode.parse(line.mode()).isPresent();
        }).collect(Collectors.toSet());
    }

    private Map<String, Line> list(Sha commit, Collection<TaskPath> paths) {
        var arguments = new ArrayList<>(List.of("ls-tree", "-t", "-z", "-l", "--full-tree"));
        if (paths.size() > FEW) {
            arguments.addAll(List.of("-r", commit.value(), "--"));
            commonFolder(paths).ifPresent(arguments::add);
        } else {
            arguments.addAll(List.of(commit.value(), "--"));
            paths.forEach(path -> arguments.add(path.value()));
        }
        var asked = paths.stream().map(TaskPath::value).collect(Collectors.toSet());
        var found = new HashMap<String, Line>();
        for (var field : git.get().run(arguments).fields()) {
            if (asked.contains(field.substring(field.indexOf('\t') + 1))) {
                var line = Line.parse(field);
                found.put(line.path(), line);
            }
        }
        return found;
    }

    /** The deepest folder that holds all the paths, with its slash. */
    private static Optional<String> commonFolder(Collection<TaskPath> paths) {
        var common = paths.iterator().next().value();
        for (var path : paths) {
            int end = Arrays.mismatch(common.toCharArray(), path.value().toCharArray());
            common = end < 0 ? common : common.substring(0, end);
        }
        int slash = common.lastIndexOf('/');
        return slash < 0 ? Optional.empty() : Optional.of(common.substring(0, slash + 1));
    }

    private static Entry entry(TaskPath path, @Nullable Line line, Map<Sha, byte[]> contents) {
        if (line == null) {
            return new Entry.Absent(path);
        }
        var mode = FileMode.parse(line.mode());
        if (mode.isEmpty()) {
            return new Entry.NotAFile(path, kind(line.type()));
        }
        var content = contents.get(line.sha());
        if (content != null) {
            return new Entry.RegularFile(path, mode.get(), line.sha(), content);
        }
        if (line.size() > Entry.LONGEST_FILE) {
            return new Entry.TooLarge(path, line.size());
        }
        throw new GitFailure(GitFailure.Kind.CORRUPT, "ls-tree", -1, "missing blob " + line.sha());
    }

    private static Entry.Kind kind(String type) {
        return switch (type) {
            case "commit" -> Entry.Kind.SUBMODULE;
            case "tree" -> Entry.Kind.FOLDER;
            default -> Entry.Kind.SYMBOLIC_LINK;
        };
    }

    private Map<Sha, byte[]> contents(List<Sha> blobs) {
        if (blobs.isEmpty()) {
            return Map.of();
        }
        var wanted = blobs.stream().map(Sha::value).collect(Collectors.joining("\n", "", "\n")).getBytes(UTF_8);
        var bytes = git.get().input(wanted).run("cat-file", "--batch").bytes();
        var contents = new HashMap<Sha, byte[]>();
        int at = 0;
        for (var blob : blobs) {
            int end = indexOf(bytes, '\n', at);
            var header = new String(bytes, at, end - at, UTF_8).split(" ");
            if (header.length != 3) {
                throw new GitFailure(GitFailure.Kind.CORRUPT, "cat-file", -1, "missing blob " + blob);
            }
            int size = Integer.parseInt(header[2]);
            contents.put(blob, Arrays.copyOfRange(bytes, end + 1, end + 1 + size));
            at = end + 2 + size;
        }
        return contents;
    }

    private static int indexOf(byte[] bytes, char wanted, int from) {
        int i = from;
        while (bytes[i] != wanted) {
            i++;
        }
        return i;
    }
}
