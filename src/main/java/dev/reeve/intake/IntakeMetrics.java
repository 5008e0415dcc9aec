package dev.reeve.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

import java.util.Set;

/** Counts {@code reeve_webhooks} by event, action and status, and {@code reeve_webhook_signatures} by the secret that matched. Names that GitHub doesn't use are counted as {@code other}, so there are few. */
final class IntakeMetrics {

    private static final Set<String> EVENTS = Set.of("check_run", "check_suite", "create", "delete", "installation",
            "installation_repositories", "issue_comment", "issues", "merge_group", "meta", "ping", "public",
            "pull_request",
            "pull_request_review", "pull_request_review_comment", "push", "release", "repository", "status",
            "workflow_job", "workflow_run");
    private static final Set<String> ACTIONS = Set.of("added", "checks_requested", "closed", "completed", "created",
            "deleted", "edited", "opened", "ready_for_review", "removed", "renamed", "reopened", "requested",
            "requested_action", "rerequested", "submitted", "suspend", "synchronize", "transferred", "unsuspend");

    private final MeterRegistry registry;

    IntakeMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** A request whose sender is not known to be GitHub, so nothing that it says is repeated. */
    void unverified(Answer answer) {
        count("unverified", "none", answer);
    }

    void verified(String event, @Nullable String action, Answer answer) {
        count(EVENTS.contains(event) ? event : "other", action == null ? "none" : known(action), answer);
    }

    /** Says which secret is still in use, by its position and the name of where it is from. */
    void signed(WebhookSecrets.Match secret) {
        Counter.builder("reeve.webhook.signatures")
                .description("Signatures by the secret that matched: its place where it is configured")
                .tags("secret", Integer.toString(secret.position()), "from", secret.from())
                .register(registry)
                .increment();
    }

    private static String known(String action) {
        return ACTIONS.contains(action) ? action : "other";
    }

    private void count(String event, String action, Answer answer) {
        int status = switch (answer) {
            case Answer.Accepted _ -> 202;
            case Answer.Refused refused -> refused.refusal().status();
        };
        Counter.builder("reeve.webhooks")
                .description("Requests to the webhook's address by event and answer")
                .tags("event", event, "action", action, "status", Integer.toString(status))
                .register(registry)
                .increment();
    }
}
