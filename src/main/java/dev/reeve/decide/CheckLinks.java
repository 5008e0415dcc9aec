package dev.reeve.decide;

import dev.reeve.decide.CheckFacts.OfTask;
import dev.reeve.model.BranchName;
import dev.reeve.model.PullRequest;
import dev.reeve.model.Task;
import dev.reeve.model.TaskPath;

import java.util.List;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Where that can be read at GitHub as a whole which is cut on a check run: a file, all files of the pull request, the branch. */
final class CheckLinks {

    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";

    private CheckLinks() {}

    /** For the report as a whole: the file that it is about, if that is one; else the files of the pull request, or the branch that it was merged into. */
    static String whole(CheckFacts facts) {
        var pr = facts.pullRequest();
        var files = paths(facts);
        if (files.size() == 1) {
            return file(facts, files.getFirst());
        }
        return files.isEmpty() || pr.state().isOpen() ? files(pr)
                : repository(pr) + "/tree/" + encoded(facts.defaultBranch().value());
    }

    private static List<TaskPath> paths(CheckFacts facts) {
        var ofTasks = facts.tasks().stream().flatMap(task -> task.known().stream()).map(Task::path).distinct().toList();
        return ofTasks.isEmpty() ? facts.head()
                .faults()
                .stream()
                .flatMap(fault -> TaskPath.parse(fault.place().file()).stream())
                .distinct()
                .toList() : ofTasks;
    }

    /** For one task. */
    static Optional<String> of(OfTask task, CheckFacts facts) {
        return task.known().map(Task::path).map(path -> file(facts, path));
    }

    /** All that the pull request changes. */
    static String files(PullRequest pr) {
        return pr.url() + "/files";
    }

    /** A file of the default branch. */
    static String file(PullRequest pr, BranchName branch, String path) {
        return repository(pr) + "/blob/" + encoded(branch.value()) + "/" + encoded(path);
    }

    private static String file(CheckFacts facts, TaskPath path) {
        var pr = facts.pullRequest();
        return pr.state().isOpen() ? repository(pr) + "/blob/" + pr.headSha() + "/" + encoded(path.value())
                : file(pr, facts.defaultBranch(), path.value());
    }

    private static String repository(PullRequest pr) {
        var end = "/pull/" + pr.number();
        return pr.url().endsWith(end) ? pr.url().substring(0, pr.url().length() - end.length()) : pr.url();
    }

    private static String encoded(String text) {
        var out = new StringBuilder();
        for (byte b : text.getBytes(UTF_8)) {
            if (b > 0 && UNRESERVED.indexOf(b) >= 0) {
                out.append((char) b);
            } else {
                out.append("%%%02X".formatted(b));
            }
        }
        return out.toString();
    }
}
