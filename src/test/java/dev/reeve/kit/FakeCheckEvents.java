package dev.reeve.kit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reeve.kit.FakePull.Stage;
import dev.reeve.model.Sha;
import org.jspecify.annotations.Nullable;

/** What GitHub sends to webhooks about checks, merge queues and reviews. */
public final class FakeCheckEvents {

    private static final long OURS = 4711;

    private final FakeRepository repository;

    FakeCheckEvents(FakeRepository repository) {
        this.repository = repository;
    }

    /** Somebody asks for a check run anew. */
    public FakeDelivery rerequested(FakeCheckRun run, String by) {
        return FakeDelivery.of("check_run", run(run, "rerequested", by));
    }

    /** Somebody presses a button on a check run. */
    public FakeDelivery pressed(FakeCheckRun run, String button, String by) {
        var payload = run(run, "requested_action", by);
        payload.putObject("requested_action").put("identifier", button);
        return FakeDelivery.of("check_run", payload);
    }

    private ObjectNode run(FakeCheckRun run, String action, String by) {
        var payload = by(by).put("action", action);
        var json = payload.putObject("check_run")
                .put("id", run.id())
                .put("name", run.name())
                .put("head_sha", run.head().value())
                .put("external_id", run.externalId())
                .put("status", run.status())
                .put("conclusion", run.conclusion());
        json.putArray("pull_requests");
        json.putObject("app").put("id", run.app() == 0 ? OURS : run.app());
        json.putObject("check_suite").put("id", 118_578_147).put("head_sha", run.head().value());
        return payload;
    }

    /**
     * Something about all that one App says of a commit.
     *
     * @param branch null for a fork's
     * @param app 0 for the App under test
     */
    public FakeDelivery suite(String action, Sha head, @Nullable String branch, long app) {
        var payload = by("octocat").put("action", action);
        var suite = payload.putObject("check_suite")
                .put("id", 118_578_147)
                .put("head_sha", head.value())
                .put("head_branch", branch)
                .put("status", action.equals("completed") ? "completed" : "queued")
                .put("conclusion", action.equals("completed") ? "failure" : null);
        suite.putObject("app").put("id", app == 0 ? OURS : app).put("slug", "some-app");
        suite.putArray("pull_requests");
        return FakeDelivery.of("check_suite", payload);
    }

    /** A status was set at a commit. */
    public FakeDelivery status(Sha commit, String context, String state) {
        var payload = by("octocat").put("id", 6_805_126_730L)
                .put("sha", commit.value())
                .put("name", repository.name().toString())
                .put("context", context)
                .put("state", state);
        payload.putObject("commit").put("sha", commit.value());
        return FakeDelivery.of("status", payload);
    }

    /** A merge queue asks for checks, or has thrown its branch away. */
    public FakeDelivery mergeGroup(String action, Sha head, int pullRequest) {
        var payload = by("octocat").put("action", action);
        payload.putObject("merge_group")
                .put("head_sha", head.value())
                .put("head_ref",
                        "refs/heads/gh-readonly-queue/main/pr-" + pullRequest + "-" + "0123456789".repeat(4))
                .put("base_ref", "refs/heads/main")
                .put("base_sha", "0123456789".repeat(4));
        return FakeDelivery.of("merge_group", payload);
    }

    /** Somebody has reviewed a pull request. */
    public FakeDelivery review(int number, String action) {
        var payload = by("octocat").put("action", action);
        payload.set("pull_request", FakeJson.pull(repository, repository.pull(number).view(Stage.NOW)));
        payload.putObject("review").put("id", 1).put("state", "changes_requested");
        return FakeDelivery.of("pull_request_review", payload);
    }

    /** An event of which nothing is read. */
    public FakeDelivery other(String event, String action) {
        return FakeDelivery.of(event, by("octocat").put("action", action));
    }

    private ObjectNode by(String login) {
        var payload = FakePayloads.about(repository);
        payload.set("sender", FakeJson.user(login));
        return payload;
    }
}
