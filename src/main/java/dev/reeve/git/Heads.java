package dev.reeve.git;

import dev.reeve.model.Sha;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.stream.Collectors.joining;

/**
 * What is known of the commits that are checked out in worktrees. It is asked for all of them at once, so that many worktrees cost as many processes as
 * one; each is asked about by itself only where they have more commits than is bearable, or where some commits count as merged besides.
 */
final class Heads {

    private final Supplier<Command> git;
    private final int most;
    private final Map<Sha, Instant> committed;
    private final List<Sha> bases;
    private final Optional<Map<Sha, List<Sha>>> unpushed;
    private final Optional<Map<Sha, List<Sha>>> ahead;

    /**
     * @param bases what the default branch is known to reach; those that aren't here are left out
     * @param most so many commits are listed, and counted, at most
     */
    Heads(Supplier<Command> git, Collection<Sha> heads, Collection<Sha> bases, int most) {
        this.git = git;
        this.most = most;
        this.committed = committed(Stream.concat(heads.stream(), bases.stream()).distinct().toList());
        this.bases = bases.stream().filter(committed::containsKey).toList();
        this.unpushed = listed(heads, List.of(), "--remotes");
        this.ahead = listed(heads, this.bases);
    }

    private Map<Sha, Instant> committed(List<Sha> commits) {
        var times = new HashMap<Sha, Instant>();
        if (!commits.isEmpty()) {
            git.get()
                    .input(lines(commits, "").getBytes(US_ASCII))
                    .run("log", "--no-walk=unsorted", "--ignore-missing", "--stdin", "--format=%H %ct")
                    .lines()
                    .map(line -> line.split(" "))
                    .forEach(words -> times.put(new Sha(words[0]), Instant.ofEpochSecond(Long.parseLong(words[1]))));
        }
        return times;
    }

    /** What the heads reach and the others don't, each commit with its parents; nothing when there are too many. */
    private Optional<Map<Sha, List<Sha>>> listed(Collection<Sha> heads, Collection<Sha> others, String... refs) {
        var commits = new HashMap<Sha, List<Sha>>();
        if (!heads.isEmpty()) {
            revList(heads, others, List.of("--parents", "--max-count=" + most), refs).lines().forEach(line -> {
                var shas = Stream.of(line.split(" ")).map(Sha::new).toList();
                commits.put(shas.getFirst(), shas.subList(1, shas.size()));
            });
        }
        return commits.size() < most ? Optional.of(commits) : Optional.empty();
    }

    /** A commit that isn't here is taken as not having been named. */
    private Output revList(Collection<Sha> heads, Collection<Sha> others, List<String> options, String... refs) {
        var command = new ArrayList<>(List.of("rev-list", "--ignore-missing"));
        command.addAll(options);
        command.addAll(List.of("--stdin", "--not"));
        command.addAll(List.of(refs));
        return git.get().input((lines(heads, "") + lines(others, "^")).getBytes(US_ASCII)).run(command);
    }

    private static String lines(Collection<Sha> commits, String prefix) {
        return commits.stream().map(commit -> prefix + commit + "\n").collect(joining());
    }

    /**
     * When it was committed.
     *
     * @throws GitFailure when it isn't here, which is damage
     */
    Instant committedAt(Sha head) {
        var time = committed.get(head);
        if (time == null) {
            throw new GitFailure(GitFailure.Kind.CORRUPT, "log", -1,
                    "missing commit " + head + ", which a worktree has checked out");
        }
        return time;
    }

    /** Whether every commit of it is on a remote branch, or among the merged ones. */
    boolean isPushed(Sha head, Collection<Sha> merged) {
        return unpushed.filter(commits -> !commits.containsKey(head)).isPresent() || revList(List.of(head), merged,
                List.of("--max-count=1"), "--remotes").bytes().length == 0;
    }

    /** How many commits it has that neither the bases nor the merged ones have; null when no base is here. */
    @Nullable
    Integer ahead(Sha head, Collection<Sha> merged) {
        if (bases.isEmpty()) {
            return null;
        }
        int count = ahead.map(commits -> reachable(head, commits)).orElse(most);
        boolean exact = count == 0 || (ahead.isPresent() && merged.isEmpty());
        return exact ? Integer.valueOf(count) : counted(head, merged);
    }

    private Integer counted(Sha head, Collection<Sha> merged) {
        var others = Stream.concat(bases.stream(), merged.stream()).toList();
        return Integer.valueOf(revList(List.of(head), others, List.of("--count", "--max-count=" + most)).line());
    }

    private static int reachable(Sha head, Map<Sha, List<Sha>> commits) {
        var seen = new HashSet<Sha>();
        var next = new ArrayDeque<>(List.of(head));
        while (!next.isEmpty()) {
            var commit = next.pop();
            if (commits.containsKey(commit) && seen.add(commit)) {
                next.addAll(commits.getOrDefault(commit, List.of()));
            }
        }
        return seen.size();
    }
}
