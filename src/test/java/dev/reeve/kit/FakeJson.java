package dev.reeve.kit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reeve.kit.FakePull.View;
import org.jspecify.annotations.Nullable;

/** What GitHub's API shows of things, as far as anybody looks at it. */
final class FakeJson {

    private FakeJson() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode repository(FakeRepository repository) {
        var json = object().put("id", repository.id())
                .put("name", repository.name().name())
                .put("full_name", repository.name().toString())
                .put("private", true)
                .put("fork", false)
                .put("archived", repository.isArchived())
                .put("default_branch", repository.defaultBranch())
                .put("html_url", "https://github.com/" + repository.name())
                .put("clone_url", repository.bare().toUri().toString());
        json.set("owner", user(repository.name().owner()));
        json.putObject("permissions").put("admin", false).put("push", !repository.isReadOnly()).put("pull", true);
        return json;
    }

    static ObjectNode user(String login) {
        return object().put("login", login)
                .put("id", 1L + Math.floorMod(login.hashCode(), 1_000_000))
                .put("type", "User");
    }

    static ObjectNode installation(FakeApp app, FakeInstallation installation) {
        var json = object().put("id", installation.id())
                .put("app_id", app.id())
                .put("repository_selection", "selected");
        var permissions = json.putObject("permissions");
        installation.permissions().forEach(permissions::put);
        json.put("suspended_at", installation.suspendedAt().map(Object::toString).orElse(null));
        return json;
    }

    static ObjectNode pull(FakeRepository repository, View pull) {
        var json = object().put("id", 1_000_000L + pull.number())
                .put("number", pull.number())
                .put("state", pull.closed() ? "closed" : "open")
                .put("title", pull.title())
                .put("body", pull.body())
                .put("draft", pull.draft())
                .put("html_url", "https://github.com/" + repository.name() + "/pull/" + pull.number())
                .put("created_at", pull.createdAt().toString())
                .put("closed_at", pull.closedAt() == null ? null : pull.closedAt().toString())
                .put("merged_at", pull.merged() ? String.valueOf(pull.closedAt()) : null)
                .put("merge_commit_sha", pull.merged() ? String.valueOf(pull.mergeCommit()) : testCommit(pull));
        json.set("user", pull.author() == null ? null : user(pull.author()));
        var reviewers = json.putArray("requested_reviewers");
        pull.reviewers().forEach(login -> reviewers.add(user(login)));
        var teams = json.putArray("requested_teams");
        pull.teams().forEach(slug -> teams.add(object().put("id", 77).put("slug", slug)));
        json.set("head", head(repository, pull));
        json.set("base", side(pull.base(), pull.baseSha().value(), repository(repository)));
        return json;
    }

    /** What GitHub says of one only when it is asked for by itself. */
    static ObjectNode wholePull(FakeRepository repository, View pull) {
        return pull(repository, pull).put("merged", pull.merged()).put("mergeable", pull.mergeable());
    }

    static ObjectNode review(FakeReview review) {
        var json = object().put("id", review.id()).put("state", review.state()).put("body", "");
        json.set("user", review.login() == null ? null : user(review.login()));
        if (!review.state().equals("PENDING")) {
            json.put("submitted_at", review.submittedAt().toString());
        }
        return json;
    }

    static ObjectNode status(FakeStatus status) {
        return object().put("id", status.id())
                .put("context", status.context())
                .put("state", status.state());
    }

    /** Before a merge GitHub shows a commit that tries the merge out, and that is in no branch. */
    private static String testCommit(View pull) {
        return "%040x".formatted(pull.number());
    }

    private static ObjectNode head(FakeRepository repository, View pull) {
        if (pull.forkDeleted()) {
            return side(pull.branch(), pull.head().value(), null);
        }
        var repo = repository(repository);
        if (pull.fork() != null) {
            repo.put("id", repository.id() + 1_000_000)
                    .put("full_name", pull.fork() + "/" + repository.name().name())
                    .put("fork", true);
        }
        return side(pull.branch(), pull.head().value(), repo);
    }

    private static ObjectNode side(String ref, String sha, @Nullable ObjectNode repository) {
        var json = object().put("ref", ref).put("sha", sha);
        json.set("repo", repository);
        return json;
    }

    static ObjectNode checkRun(FakeApp app, FakeCheckRun run) {
        var json = object().put("id", run.id())
                .put("name", run.name())
                .put("head_sha", run.head().value())
                .put("external_id", run.externalId())
                .put("status", run.status())
                .put("conclusion", run.conclusion());
        json.putObject("output")
                .put("title", run.title())
                .put("summary", run.summary())
                .put("text", run.text().isEmpty() ? null : run.text())
                .put("annotations_count", run.annotations().size());
        json.putObject("app")
                .put("id", run.app() == 0 ? app.id() : run.app())
                .put("client_id",
                        run.app() == 0 ? app.clientId() : "Iv-other");
        return json;
    }
}
