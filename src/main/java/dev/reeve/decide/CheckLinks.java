package dev.reeve.decide;

import dev.reeve.decide.CheckFacts.OfTask;
import dev.reeve.model.PullRequest;
import dev.reeve.model.Task;
import dev.reeve.model.TaskPath;

import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Where that can be read as a whole which is cut on a check run: the task's file at GitHub. */
final class CheckLinks {

    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";

    private CheckLinks() {}

    /** For the report as a whole: its first task's, else the first faulty file's; empty for none. */
    static String whole(CheckFacts facts) {
        return facts.tasks()
                .stream()
                .findFirst()
                .flatMap(task -> of(task, facts))
                .or(() -> facts.head()
                        .faults()
                        .stream()
                        .findFirst()
                        .flatMap(fault -> TaskPath.parse(fault.place().file()))
                        .map(path -> file(facts, path)))
                .orElse("");
    }

    /** For one task. */
    static Optional<String> of(OfTask task, CheckFacts facts) {
        return task.known().map(Task::path).map(path -> file(facts, path));
    }

    private static String file(CheckFacts facts, TaskPath path) {
        var pr = facts.pullRequest();
        var ref = pr.state().isOpen() ? pr.headSha().value() : facts.defaultBranch().value();
        return repository(pr) + "/blob/" + encoded(ref) + "/" + encoded(path.value());
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
