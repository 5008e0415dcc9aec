package dev.reeve.git;

import dev.reeve.git.HooksFolder.SetBy;
import dev.reeve.model.Text;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What is asked of git when a repository is set up or examined: where its hooks are, what it ignores, what it tracks. Nothing is changed.
 *
 * <p><i>Threading:</i> immutable.
 */
public final class Housekeeping {

    /** The first with {@code git worktree list -z}, without which worktrees can't be listed. */
    public static final Version NEEDED = new Version(2, 36);
    /** The oldest that Reeve is meant for. */
    public static final Version RECOMMENDED = new Version(2, 38);

    private static final Pattern VERSION = Pattern.compile("git version ([0-9]{1,5})\\.([0-9]{1,5}).*");

    private static final String HERE = "./";

    private final Git git;
    private final Path root;

    /** @param root the top of a checkout */
    public Housekeeping(Git git, Path root) {
        this.git = git;
        this.root = root;
    }

    /** A version of git as far as it matters. */
    public record Version(int major, int minor) implements Comparable<Version> {

        @Override
        public int compareTo(Version other) {
            return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
        }

        @Override
        public String toString() {
            return major + "." + minor;
        }
    }

    /**
     * Which git there is; asked in any folder.
     *
     * @return nothing when it calls itself something that is no version
     * @throws GitFailure when there is none
     */
    public static Optional<Version> version(Git git, Path folder) {
        var match = VERSION.matcher(git.in(folder).run("version").line());
        return match.matches()
                ? Optional.of(new Version(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2))))
                : Optional.empty();
    }

    /** Where git looks for this checkout's hooks. */
    public HooksFolder hooks() {
        var output = here().withOwnHooksPath()
                .accept(1)
                .run("config", "--null", "--show-scope", "--type=path", "--get", "core.hooksPath");
        var fields = output.fields();
        if (output.exitCode() != 0 || fields.size() != 2 || fields.get(1).isEmpty()) {
            return new HooksFolder(commonFolder().resolve("hooks"), SetBy.NOBODY);
        }
        var setBy = Set.of("local", "worktree").contains(fields.getFirst()) ? SetBy.REPOSITORY : SetBy.PERSON;
        return new HooksFolder(root.resolve(path(fields.get(1))).normalize(), setBy);
    }

    private Path commonFolder() {
        return path(here().run("rev-parse", "--path-format=absolute", "--git-common-dir").line());
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new GitFailure(GitFailure.Kind.OTHER, "config", -1,
                    "core.hooksPath is no path: " + Text.quoted(text));
        }
    }

    /** Which of these paths git's rules ignore, whether or not there is anything, or something is tracked all the same. */
    public Set<String> ignored(Collection<String> paths) {
        var input = paths.stream().map(path -> HERE + path + "\0").collect(Collectors.joining()).getBytes(UTF_8);
        // This command refuses to be told that paths are literal; behind ./ nothing in them has a meaning.
        return here().wildcards()
                .accept(1)
                .input(input)
                .run("check-ignore", "--no-index", "-z", "--stdin")
                .fields()
                .stream()
                .map(path -> path.substring(HERE.length()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The tracked files at or below these paths, at most {@code limit}. */
    public List<String> tracked(int limit, List<String> paths) {
        return here().run(Stream.concat(Stream.of("ls-files", "-z", "--"), paths.stream()).toList())
                .fields()
                .stream()
                .limit(limit)
                .toList();
    }

    private Command here() {
        return git.in(root);
    }
}
