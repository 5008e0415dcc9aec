package dev.reeve.intake;

import dev.reeve.inbox.Arrival;
import dev.reeve.model.RepositoryName;
import dev.reeve.model.Subject;
import dev.reeve.model.Trigger;
import dev.reeve.model.WorkKey;

import java.util.ArrayList;
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
            case WebhookEvent.Detail.OfInstallation installation -> ofInstallation(event, installation);
            case WebhookEvent.Detail.OfRepository repository -> ofRepository(event, repository);
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
            case CREATED, FORCED -> pushed(event, push, new Subject.OfAll());
            case UPDATED -> pushed(event, push, new Subject.OfPush());
        };
    }

    private static List<Arrival> pushed(WebhookEvent event, WebhookEvent.Detail.OfPush push, Subject subject) {
        return List.of(new Arrival(new WorkKey(push.repository(), subject), new Trigger("push", event.guid(), null,
                new Trigger.PushRange(push.before(), push.after()))));
    }

    /** Where the payload doesn't name all repositories that are concerned, the installation is listed. */
    private static List<Arrival> ofInstallation(WebhookEvent event, WebhookEvent.Detail.OfInstallation installation) {
        return switch (String.valueOf(event.action())) {
            case "created", "deleted", "suspend", "unsuspend", "new_permissions_accepted", "added", "removed" -> {
                var arrivals = new ArrayList<Arrival>();
                installation.named()
                        .forEach(name -> arrivals.addAll(because(event, name, new Subject.OfRepository())));
                if (installation.named().isEmpty() || installation.naming() == WebhookEvent.Naming.SOME) {
                    arrivals.add(new Arrival(Subject.OfInstallation.of(installation.installation()),
                            trigger(event)));
                }
                yield List.copyOf(arrivals);
            }
            default -> List.of();
        };
    }

    private static List<Arrival> ofRepository(WebhookEvent event, WebhookEvent.Detail.OfRepository repository) {
        return switch (String.valueOf(event.action())) {
            case "renamed", "transferred", "archived", "unarchived", "deleted" ->
                because(event, repository.repository(), new Subject.OfRepository());
            case "edited" -> switch (repository.changed()) {
                case DEFAULT_BRANCH -> because(event, repository.repository(), new Subject.OfRepository());
                case ANOTHER_THING -> List.of();
            };
            default -> List.of();
        };
    }

    private static List<Arrival> because(WebhookEvent event, RepositoryName repository, Subject subject) {
        return List.of(new Arrival(new WorkKey(repository, subject), trigger(event)));
    }

    private static Trigger trigger(WebhookEvent event) {
        var cause = event.action() == null ? event.event() : event.event() + " " + event.action();
        return new Trigger(cause, event.guid(), null, null);
    }
}
