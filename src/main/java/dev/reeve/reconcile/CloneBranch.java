package dev.reeve.reconcile;

import dev.reeve.config.Configured;
import dev.reeve.config.TeamConfiguration;
import dev.reeve.git.FetchResult;
import dev.reeve.git.ManagedClone;
import dev.reeve.model.BranchName;
import dev.reeve.model.Sha;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * A repository's default branch in the server's clone.
 *
 * <p><b>Threading.</b> For any thread. Those who fetch at once share one fetch.
 */
public final class CloneBranch {

    /** A repository may choose another default branch and keep the old one. */
    private static final Duration ASK_EVERY = Duration.ofMinutes(5);

    private final ManagedClone clone;
    private final Supplier<BranchName> atGitHub;
    private final Together<Asked, CloneTip> fetches = new Together<>(this::fetchFor);
    private final InstantSource clock;
    private final AtomicReference<@Nullable CloneTip> latest = new AtomicReference<>();
    private Instant asked = Instant.EPOCH;

    /** @param atGitHub the default branch that is set at GitHub; asked when the branch isn't known or gone, and now and then */
    public CloneBranch(ManagedClone clone, Supplier<BranchName> atGitHub, InstantSource clock) {
        this.clone = clone;
        this.clock = clock;
        this.atGitHub = atGitHub;
    }

    /** Who is asked for what. */
    private enum Asked {
        THE_REMOTE, GITHUB_TOO
    }

    /** Asks the remote and gives what the branch has now. */
    public CloneTip fetch() {
        return fetches.submit(Asked.THE_REMOTE);
    }

    /** As {@link #fetch()}, after GitHub was asked which branch is the default one. */
    public CloneTip fetchAgreed() {
        return fetches.submit(Asked.GITHUB_TOO);
    }

    /**
     * The branch as it was last seen, if it has all of these commits already; else as it is now. For who knows what is to be found there and writes
     * only by a push that fails when the branch has moved on.
     */
    public CloneTip with(Collection<Sha> commits) {
        var seen = latest.get();
        return seen != null && !commits.isEmpty() && commits.stream().allMatch(seen::contains) ? seen : fetch();
    }

    private List<CloneTip> fetchFor(List<Asked> waiting) {
        var before = latest.get();
        var now = clock.instant();
        boolean agreed = before != null && !waiting.contains(Asked.GITHUB_TOO)
                && Duration.between(asked, now).compareTo(ASK_EVERY) < 0;
        if (!agreed) {
            asked = now;
        }
        var tip = before == null || !agreed ? fetchAnew() : fetch(before.branch(), before).orElseGet(this::fetchAnew);
        note(before, tip);
        return Collections.nCopies(waiting.size(), tip);
    }

    /** What GitHub calls the default branch, unless {@code .reeve.yml} on it names another. */
    private CloneTip fetchAnew() {
        var branch = atGitHub.get();
        var tip = fetch(branch, known(branch)).orElseGet(() -> missing(branch));
        if (tip.configured() instanceof Configured.Valid<TeamConfiguration>(var team, var _, var _)
                && team.defaultBranch().isPresent() && !team.defaultBranch().get().equals(branch)) {
            var named = team.defaultBranch().get();
            return fetch(named, known(named)).orElseGet(() -> missing(named));
        }
        return tip;
    }

    private @Nullable CloneTip known(BranchName branch) {
        var tip = latest.get();
        return tip != null && tip.branch().equals(branch) ? tip : null;
    }

    private CloneTip missing(BranchName branch) {
        return new CloneTip(clone, branch, Optional.empty(),
                TeamConfiguration.read(TeamConfiguration.FILE, new byte[0]));
    }

    private Optional<CloneTip> fetch(BranchName branch, @Nullable CloneTip before) {
        return switch (clone.fetch(branch)) {
            case FetchResult.Missing() -> Optional.empty();
            case FetchResult.Fetched(var commit, var _, var _) -> Optional.of(at(branch, commit, before));
        };
    }

    private CloneTip at(BranchName branch, Sha commit, @Nullable CloneTip before) {
        if (before != null && before.commit().isPresent()) {
            var old = before.commit().get();
            if (old.equals(commit)) {
                return before;
            }
            if (clone.changedPaths(old, commit, CloneTip.CONFIGURATION).filter(List::isEmpty).isPresent()) {
                return new CloneTip(clone, branch, Optional.of(commit), before.configured());
            }
        }
        return new CloneTip(clone, branch, Optional.of(commit), CloneTip.configurationIn(clone, commit));
    }

    /**
     * Keeps what a fetch or a push of ours has shown. The two may end at the same moment and be noted in either order, so what somebody else noted in
     * between stays where it has this in it.
     */
    private void note(@Nullable CloneTip before, CloneTip tip) {
        latest.updateAndGet(noted -> noted == before || noted == null || !has(noted, tip) ? tip : noted);
    }

    private static boolean has(CloneTip noted, CloneTip tip) {
        return noted.branch().equals(tip.branch()) && tip.commit().filter(noted::contains).isPresent();
    }

    /** The newest commit that was fetched or pushed, at least as new as what any call has given so far; nothing when there was none. */
    public Optional<Sha> seen() {
        return Optional.ofNullable(latest.get()).flatMap(CloneTip::commit);
    }

    /** The tip as it was last fetched or pushed. */
    CloneTip latest() {
        var tip = latest.get();
        return tip == null ? fetch() : tip;
    }

    /** After a push of ours, which changed nothing but task files. */
    void advanced(CloneTip from, Sha to) {
        note(from, new CloneTip(clone, from.branch(), Optional.of(to), from.configured()));
    }

    ManagedClone managed() {
        return clone;
    }
}
