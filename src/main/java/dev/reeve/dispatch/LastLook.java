package dev.reeve.dispatch;

import dev.reeve.decide.EndedRun.Shown;
import dev.reeve.git.Checkout;
import dev.reeve.git.Git;
import dev.reeve.git.GitFailure;
import dev.reeve.git.PullRequestRefs;
import dev.reeve.model.Sha;
import dev.reeve.model.TaskPath;
import dev.reeve.model.TaskStatus;
import dev.reeve.model.WorkerResult;
import dev.reeve.taskfile.Reading;
import dev.reeve.taskfile.TaskFileReader;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is to be seen of a run's work once its worker has ended. GitHub shows each pull request as a ref that git can ask for, so this needs no token.
 *
 * @param head what is checked out in its worktree
 * @param ahead how many commits that is beyond the default branch; null when that isn't known
 * @param number of the pull request that shows the commit
 * @param limit when a usage limit ends that its output speaks of
 */
record LastLook(Optional<Sha> head, @Nullable Integer ahead, Shown shown, Optional<Integer> number,
        Optional<TaskStatus> status, Optional<Instant> limit) {

    /** A remote that hangs must not keep a run from being recorded for long. */
    private static final Git GIT = new Git("git", Duration.ofSeconds(30), Duration.ofSeconds(30));
    private static final Pattern NUMBER = Pattern.compile("/pull/([1-9][0-9]{0,8})(?:[/?#].*)?");

    /** @param log the end of its output */
    static LastLook at(RunOrder order, WorkerResult result, byte[] log, Instant now) {
        var limit = limit(order.limits(), new String(log, StandardCharsets.UTF_8), now);
        var status = status(order);
        try {
            var checkout = Checkout.open(GIT, order.site().worktree());
            var head = checkout.head();
            var ahead = head.flatMap(commit -> checkout.ahead(commit, order.base())).orElse(null);
            if (head.isEmpty() || (ahead != null && ahead == 0)) {
                return new LastLook(head, ahead, new Shown.No(), Optional.empty(), status, limit);
            }
            return shown(checkout.pullRequestRefs(claimed(result)), head.get(), ahead, status, limit);
        } catch (GitFailure e) {
            return new LastLook(Optional.empty(), null, new Shown.Unknown(String.valueOf(e.getMessage())),
                    Optional.empty(), status, limit);
        }
    }

    private static LastLook shown(PullRequestRefs refs, Sha head, @Nullable Integer ahead,
            Optional<TaskStatus> status, Optional<Instant> limit) {
        return switch (refs) {
            case PullRequestRefs.Listed listed -> {
                var number = listed.of(head);
                var shown = number.<Shown>map(n -> new Shown.Yes("PR #" + n)).orElseGet(Shown.No::new);
                yield new LastLook(Optional.of(head), ahead, shown, number, status, limit);
            }
            case PullRequestRefs.Unknown(var reason) -> new LastLook(Optional.of(head), ahead,
                    new Shown.Unknown(reason), Optional.empty(), status, limit);
        };
    }

    private static Optional<Instant> limit(RunOrder.Limits limits, String log, Instant now) {
        return limits.usage()
                .stream()
                .flatMap(pattern -> pattern.in(log).stream())
                .findFirst()
                .map(reached -> reached.reset().orElse(now.plus(limits.pause())));
    }

    private static Optional<Integer> claimed(WorkerResult result) {
        var url = result instanceof WorkerResult.Stated said ? said.prUrl() : null;
        if (url == null) {
            return Optional.empty();
        }
        var matcher = NUMBER.matcher(url);
        return matcher.find() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
    }

    private static Optional<TaskStatus> status(RunOrder order) {
        try {
            var path = new TaskPath(order.taskPath());
            var file = order.site().worktree().resolve(Path.of(order.taskPath()));
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    || Files.size(file) > TaskFileReader.LARGEST_FILE) {
                return Optional.empty();
            }
            return TaskFileReader.read(path, Files.readAllBytes(file)) instanceof Reading.Valid(var task)
                    ? Optional.of(task.status())
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
