package dev.reeve.git;

import dev.reeve.model.Sha;
import dev.reeve.model.TaskPath;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Questions about commits that are here. A commit that isn't is an answer, not a failure. */
final class History {

    private static final String FORMAT = "--format=tformat:%H%x00%P%x00%an%x00%ae%x00%ct%x00%s%x00%(trailers:only=true,unfold=true)";
    private static final int FIELDS = 7;

    private final Supplier<Command> git;

    History(Supplier<Command> git) {
        this.git = git;
    }

    boolean exists(Sha commit) {
        return git.get().accept(1, 128).run("cat-file", "-e", commit + "^{commit}").exitCode() == 0;
    }

    boolean isAncestor(Sha commit, Sha tip) {
        var command = List.of("merge-base", "--is-ancestor", commit.value(), tip.value());
        return ask(command, output -> output.exitCode() == 0, commit, tip).orElse(false);
    }

    Optional<Sha> mergeBase(Sha one, Sha other) {
        return ask(List.of("merge-base", one.value(), other.value()), output -> Sha.parse(output.line()), one, other)
                .flatMap(base -> base);
    }

    Optional<List<TaskPath>> changedPaths(Sha before, Sha after, TaskPath under) {
        var command = List.of("diff-tree", "-r", "-z", "--name-only", "--no-renames", before.value(), after.value(),
                "--", under.value());
        return ask(command, output -> output.fields().stream().flatMap(path -> TaskPath.parse(path).stream()).toList(),
                before, after);
    }

    Optional<List<TaskPath>> changedPaths(Sha before, Sha after) {
        var command = List.of("diff-tree", "-r", "-z", "--name-only", "--no-renames", before.value(), after.value());
        return ask(command, output -> output.fields().stream().flatMap(path -> TaskPath.parse(path).stream()).toList(),
                before, after);
    }

    Optional<List<Commit>> commits(Sha before, Sha after, int limit) {
        var command = List.of("log", "-z", "--no-color", "--no-decorate", "--max-count=" + limit, FORMAT,
                after.value(), "^" + before, "--");
        return ask(command, output -> commits(output.fields()), before, after);
    }

    Optional<List<Commit>> touching(Sha before, Sha after, TaskPath path, int limit) {
        var command = List.of("log", "-z", "--no-color", "--no-decorate", "--first-parent", "--max-count=" + limit,
                FORMAT, after.value(), "^" + before, "--", path.value());
        return ask(command, output -> commits(output.fields()), before, after);
    }

    /** The answer; nothing when one of the commits isn't here. */
    private <T> Optional<T> ask(List<String> command, Function<Output, T> answer, Sha one, Sha other) {
        var output = git.get().accept(1, 128).run(command);
        if (output.exitCode() != 128) {
            return Optional.of(answer.apply(output));
        }
        if (exists(one) && exists(other)) {
            throw GitFailure.of(command.getFirst(), output.exitCode(), output.errors());
        }
        return Optional.empty();
    }

    private static List<Commit> commits(List<String> fields) {
        var commits = new ArrayList<Commit>();
        for (int i = 0; i + FIELDS <= fields.size(); i += FIELDS) {
            commits.add(commit(fields.subList(i, i + FIELDS)));
        }
        return commits;
    }

    private static Commit commit(List<String> fields) {
        var parents = Stream.of(fields.get(1).split(" ")).flatMap(text -> Sha.parse(text).stream()).toList();
        var trailers = fields.get(6).lines().flatMap(line -> trailer(line).stream()).toList();
        return new Commit(new Sha(fields.get(0)), parents, new Identity(fields.get(2), fields.get(3)),
                Instant.ofEpochSecond(Long.parseLong(fields.get(4))), fields.get(5), trailers);
    }

    private static Optional<Trailer> trailer(String line) {
        int colon = line.indexOf(": ");
        return colon > 0 && line.substring(0, colon).matches("[A-Za-z0-9][A-Za-z0-9-]{0,99}")
                ? Optional.of(new Trailer(line.substring(0, colon), line.substring(colon + 2)))
                : Optional.empty();
    }
}
