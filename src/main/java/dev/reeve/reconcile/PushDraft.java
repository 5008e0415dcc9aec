package dev.reeve.reconcile;

import dev.reeve.git.CommitSpec;
import dev.reeve.git.Entry;
import dev.reeve.git.Identity;
import dev.reeve.model.TaskPath;
import dev.reeve.reconcile.TaskWriter.Written;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Rewrites, decided on one tip: which of them are commits, and what became of the others. */
final class PushDraft {

    private final CloneTip tip;
    private final Identity identity;
    private final Instant now;
    private final List<Rewrite> rewrites;
    private final List<@Nullable Written> results;
    private final Map<Rewrite, CommitSpec> commits = new LinkedHashMap<>();
    private final Map<TaskPath, byte[]> contents = new HashMap<>();

    /** @param identity whom commits name as author and committer, where somebody has to be named */
    PushDraft(CloneTip tip, Identity identity, Instant now, List<Rewrite> rewrites) {
        this.tip = tip;
        this.identity = identity;
        this.now = now;
        this.rewrites = List.copyOf(rewrites);
        this.results = new ArrayList<@Nullable Written>();
        var files = read();
        this.rewrites.forEach(rewrite -> results.add(decide(rewrite, files.get(rewrite))));
    }

    private Map<Rewrite, Entry> read() {
        var paths = new LinkedHashMap<Rewrite, TaskPath>();
        rewrites.forEach(rewrite -> tip.find(rewrite.slug()).ifPresent(path -> paths.put(rewrite, path)));
        var entries = tip.entries(new LinkedHashSet<>(paths.values()));
        var files = new HashMap<Rewrite, Entry>();
        paths.forEach((rewrite, path) -> Optional.ofNullable(entries.get(path))
                .ifPresent(entry -> files.put(rewrite, entry)));
        return files;
    }

    /** What became of the rewrite; null when it is a commit. */
    private @Nullable Written decide(Rewrite rewrite, @Nullable Entry entry) {
        if (!(entry instanceof Entry.RegularFile file)) {
            return new Written.NotNeeded("its file is gone from " + tip.branch());
        }
        var obstacle = rewrite.obstacle(tip);
        if (obstacle.isPresent()) {
            return new Written.Failed(obstacle.get(), Again.MAY_HELP);
        }
        var content = contents.getOrDefault(file.path(), file.content());
        return switch (rewrite.on(file.path(), content)) {
            case Rewrite.Result.NotNeeded(var reason) -> new Written.NotNeeded(reason);
            case Rewrite.Result.Refused(var fault) -> new Written.Failed(fault.toString(), Again.NEEDS_A_PERSON);
            case Rewrite.Result.Write write -> {
                commit(rewrite, file, write.content());
                yield null;
            }
        };
    }

    private void commit(Rewrite rewrite, Entry.RegularFile file, byte[] content) {
        contents.put(file.path(), content);
        commits.put(rewrite, new CommitSpec(rewrite.message(), rewrite.trailers(), identity, identity, now,
                List.of(new CommitSpec.Change(file.path(), file.mode(), content))));
    }

    /** What is to be committed, one commit each, in the order of the rewrites. */
    Map<Rewrite, CommitSpec> commits() {
        return commits;
    }

    /** The files that are changed, as they are after all commits. */
    Map<TaskPath, byte[]> contents() {
        return contents;
    }

    /**
     * One result for each rewrite, in their order.
     *
     * @param fate what became of one that is a commit
     */
    List<Written> results(Function<Rewrite, Written> fate) {
        var all = new ArrayList<Written>();
        for (int i = 0; i < rewrites.size(); i++) {
            var rewrite = rewrites.get(i);
            all.add(commits.containsKey(rewrite) && results.get(i) == null
                    ? fate.apply(rewrite)
                    : Objects.requireNonNull(results.get(i)));
        }
        return all;
    }
}
