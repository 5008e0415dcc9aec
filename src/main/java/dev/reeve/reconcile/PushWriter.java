package dev.reeve.reconcile;

import dev.reeve.git.CommitSpec;
import dev.reeve.git.Entry;
import dev.reeve.git.GitFailure;
import dev.reeve.git.Identity;
import dev.reeve.git.PushResult;
import dev.reeve.model.Sha;
import dev.reeve.model.TaskPath;
import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Writes task files as commits that are pushed to the default branch: a commit for each task, one push for all that are due together, whichever pass
 * they come from. A rejected push means that the branch moved: it is fetched and everything is decided anew.
 *
 * <p><b>Threading.</b> For any thread; one push runs at a time.
 */
public final class PushWriter implements TaskWriter {

    private static final int ATTEMPTS = 8;
    /** So many of them may break off; a remote that can't be pushed to at all is left to whoever counts the failures. */
    private static final int BROKEN_OFF = 2;

    private final CloneBranch branch;
    private final Identity identity;
    private final InstantSource clock;
    private final Together<List<Rewrite>, List<Written>> together = new Together<>(this::publish);

    /** @param identity whom the commits name as their author and committer */
    public PushWriter(CloneBranch branch, Identity identity, InstantSource clock) {
        this.branch = branch;
        this.identity = identity;
        this.clock = clock;
    }

    @Override
    public List<Written> write(List<Rewrite> rewrites) {
        return together.submit(rewrites);
    }

    /** The writer for one pass that may have something to write soon: a push that is about to start waits a moment for it. */
    public Turn turn() {
        return new Turn(together.announce());
    }

    /** One pass's turn to write, once. Close it when the pass is over. */
    public static final class Turn implements TaskWriter, AutoCloseable {

        private final Together<List<Rewrite>, List<Written>>.Announced announced;

        private Turn(Together<List<Rewrite>, List<Written>>.Announced announced) {
            this.announced = announced;
        }

        @Override
        public List<Written> write(List<Rewrite> rewrites) {
            return announced.submit(rewrites);
        }

        @Override
        public void close() {
            announced.close();
        }
    }

    private List<List<Written>> publish(List<List<Rewrite>> groups) {
        var all = groups.stream().flatMap(List::stream).toList();
        var written = publishAll(all).iterator();
        return groups.stream().map(group -> group.stream().map(_ -> written.next()).toList()).toList();
    }

    private List<Written> publishAll(List<Rewrite> rewrites) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            var tip = attempt == 1 ? branch.latest() : branch.fetch();
            var draft = new Draft(tip, rewrites);
            var result = attempt <= BROKEN_OFF ? draft.pushUnlessItBreaksOff() : draft.push();
            if (result.isPresent()) {
                return result.get();
            }
        }
        return Collections.nCopies(rewrites.size(),
                new Written.Failed("the default branch moved " + ATTEMPTS + " times while this was pushed",
                        Again.MAY_HELP));
    }

    /** What is to be pushed on top of one tip. */
    private final class Draft {
        private final CloneTip tip;
        private final List<@Nullable Written> results;
        private final List<CommitSpec> commits = new ArrayList<>();
        private final List<Integer> committed = new ArrayList<>();
        private final Map<TaskPath, byte[]> contents = new HashMap<>();

        Draft(CloneTip tip, List<Rewrite> rewrites) {
            this.tip = tip;
            this.results = new ArrayList<@Nullable Written>();
            var files = read(rewrites);
            for (int i = 0; i < rewrites.size(); i++) {
                results.add(decide(rewrites.get(i), files.get(rewrites.get(i)), i));
            }
        }

        private Map<Rewrite, Entry> read(List<Rewrite> rewrites) {
            var paths = new LinkedHashMap<Rewrite, TaskPath>();
            rewrites.forEach(rewrite -> tip.find(rewrite.slug()).ifPresent(path -> paths.put(rewrite, path)));
            var entries = tip.entries(new LinkedHashSet<>(paths.values()));
            var files = new HashMap<Rewrite, Entry>();
            paths.forEach((rewrite, path) -> Optional.ofNullable(entries.get(path))
                    .ifPresent(entry -> files.put(rewrite, entry)));
            return files;
        }

        /** What became of the rewrite; null when it is a commit that is still to be pushed. */
        private @Nullable Written decide(Rewrite rewrite, @Nullable Entry entry, int index) {
            if (!(entry instanceof Entry.RegularFile file)) {
                return new Written.NotNeeded("its file is gone from " + tip.branch());
            }
            var obstacle = rewrite.obstacle(tip);
            if (obstacle.isPresent()) {
                return new Written.Failed(obstacle.get(), Again.MAY_HELP);
            }
            var content = contents.computeIfAbsent(file.path(), _ -> file.content());
            return switch (rewrite.on(file.path(), content)) {
                case Rewrite.Result.NotNeeded(var reason) -> new Written.NotNeeded(reason);
                case Rewrite.Result.Refused(var fault) -> new Written.Failed(fault.toString(), Again.NEEDS_A_PERSON);
                case Rewrite.Result.Write write -> {
                    var changed = write.content();
                    contents.put(file.path(), changed);
                    commits.add(
                            new CommitSpec(rewrite.message(), rewrite.trailers(), identity, identity, clock.instant(),
                                    List.of(new CommitSpec.Change(file.path(), file.mode(), changed))));
                    committed.add(index);
                    yield null;
                }
            };
        }

        /** As {@link #push}. A push that broke off may have arrived: the branch shows it, and everything is decided anew on that. */
        private Optional<List<Written>> pushUnlessItBreaksOff() {
            try {
                return push();
            } catch (GitFailure failure) {
                if (failure.kind() == GitFailure.Kind.TRANSPORT) {
                    return Optional.empty();
                }
                throw failure;
            }
        }

        /** The results once the push has gone through or has been refused for good; nothing when it is to be tried on a newer tip. */
        private Optional<List<Written>> push() {
            if (!commits.isEmpty()) {
                var expected = tip.commit().orElseThrow();
                switch (branch.managed().push(tip.branch(), expected, commits)) {
                    case PushResult.Pushed pushed -> {
                        branch.advanced(tip, pushed.tip());
                        settle(pushed.commits());
                    }
                    case PushResult.Denied(var reason) -> committed
                            .forEach(i -> results.set(i, new Written.Failed(denied(reason), Again.NEEDS_A_PERSON)));
                    case PushResult.Rejected _ -> {
                        return Optional.empty();
                    }
                }
            }
            return Optional.of(results.stream().map(Objects::requireNonNull).toList());
        }

        private void settle(List<Sha> shas) {
            for (int i = 0; i < shas.size(); i++) {
                results.set(committed.get(i), new Written.Pushed(shas.get(i)));
            }
        }

        private String denied(String reason) {
            return "GitHub refuses the push to " + tip.branch() + " (" + reason
                    + "): let the App bypass the branch's protection, or give it the permission contents: write";
        }
    }
}
