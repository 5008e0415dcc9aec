package dev.reeve.intake;

import dev.reeve.inbox.Arrival;
import dev.reeve.model.RepositoryName;
import dev.reeve.model.Subject;
import dev.reeve.model.Trigger;
import dev.reeve.model.WorkKey;

import java.util.List;

/** Which work follows from which event. */
public final class Routing {

    private Routing() {}

    /** The keys that the event concerns, with the reason; none for events that need nothing done. */
    public static List<Arrival> arrivals(WebhookEvent event) {
        return switch (event.detail()) {
            case WebhookEvent.Detail.Other() -> List.of();
            case WebhookEvent.Detail.OfPullRequest pull -> ofPullRequest(event, pull);
            case WebhookEvent.Detail.OfPush push -> ofPush(event, push);
        };
    }

    private static List<Arrival> ofPullRequest(WebhookEvent event, WebhookEvent.Detail.OfPullRequest pull) {
        return switch (String.valueOf(event.action())) {
            case "closed" -> because(event, pull.repository(), new Subject.OfPullRequest(pull.number()));
            case "opened", "reopened", "synchronize", "edited", "ready_for_review" ->
                because(event, pull.repository(), new Subject.OfCheck(pull.number()));
            default -> List.of();
        };
    }

    private static List<Arrival> ofPush(WebhookEvent event, WebhookEvent.Detail.OfPush push) {
        if (!push.ref().equals("refs/heads/" + push.defaultBranch())) {
            return List.of();
        }
        return switch (push.kind()) {
            case DELETED -> List.of();
            case CREATED, FORCED -> because(event, push.repository(), new Subject.OfAll());
            case UPDATED ->
                List.of(new Arrival(new WorkKey(push.repository(), new Subject.OfPush()), new Trigger("push",
                        event.guid(), null, new Trigger.PushRange(push.before(), push.after()))));
        };
    }

    private static List<Arrival> because(WebhookEvent event, RepositoryName repository, Subject subject) {
        var cause = event.action() == null ? event.event() : event.event() + " " + event.action();
        return List.of(new Arrival(new WorkKey(repository, subject), new Trigger(cause, event.guid(), null, null)));
    }
}
