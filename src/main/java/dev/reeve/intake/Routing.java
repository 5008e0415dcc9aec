package dev.reeve.intake;

import dev.reeve.inbox.Arrival;
import dev.reeve.inbox.Forcing;
import dev.reeve.model.Press;
import dev.reeve.model.RepositoryName;
import dev.reeve.model.Subject;
import dev.reeve.model.Trigger;
import dev.reeve.model.WorkKey;
import org.jspecify.annotations.Nullable;

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
            case WebhookEvent.Detail.OfRerun(var repository, var head, var press) ->
                pressed(event, repository, new Subject.OfCommit(head), press);
            case WebhookEvent.Detail.OfButton(var repository, var number, var press) ->
                pressed(event, repository, subject(press, number), press);
            case WebhookEvent.Detail.OfSuite(var repository, var head, var app) -> because(event, repository,
                    new Subject.OfCommit(head), cause(event) + " of app " + app, null);
            case WebhookEvent.Detail.OfCommit(var repository, var commit) ->
                because(event, repository, new Subject.OfCommit(commit));
            case WebhookEvent.Detail.OfGroup(var repository, var head, var number) ->
                because(event, repository, new Subject.OfGroup(head), cause(event), number);
        };
    }

    private static List<Arrival> ofPullRequest(WebhookEvent event, WebhookEvent.Detail.OfPullRequest pull) {
        if (event.event().equals("pull_request_review")) {
            return ofReview(event, pull);
        }
        return switch (String.valueOf(event.action())) {
            case "closed" -> because(event, pull.repository(), new Subject.OfPullRequest(pull.number()));
            case "opened", "reopened", "synchronize", "edited", "ready_for_review" ->
                because(event, pull.repository(), new Subject.OfCheck(pull.number()));
            default -> List.of();
        };
    }

    private static List<Arrival> ofReview(WebhookEvent event, WebhookEvent.Detail.OfPullRequest pull) {
        return switch (String.valueOf(event.action())) {
            case "submitted", "edited", "dismissed" ->
                because(event, pull.repository(), new Subject.OfCheck(pull.number()));
            default -> List.of();
        };
    }

    /** Without a name nobody can have pressed a button; a run that is asked for anew is written all the same. */
    private static List<Arrival> pressed(WebhookEvent event, RepositoryName repository, Subject subject,
            @Nullable Press press) {
        var arrivals = because(event, repository, subject);
        return press == null ? arrivals
                : arrivals.stream()
                        .map(arrival -> arrival.forced(new Forcing(press.person(), press.how())))
                        .toList();
    }

    private static Subject subject(Press press, int number) {
        return switch (press.kind()) {
            case RERUN -> new Subject.OfCheck(number);
            case RECONCILE -> new Subject.OfPullRequest(number);
            case RECONCILE_ALL -> new Subject.OfAll();
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
        return because(event, repository, subject, cause(event), null);
    }

    private static List<Arrival> because(WebhookEvent event, RepositoryName repository, Subject subject, String cause,
            @Nullable Integer pullRequest) {
        return List.of(new Arrival(new WorkKey(repository, subject),
                new Trigger(cause, event.guid(), pullRequest, null)));
    }

    private static Trigger trigger(WebhookEvent event) {
        return new Trigger(cause(event), event.guid(), null, null);
    }

    private static String cause(WebhookEvent event) {
        return event.action() == null ? event.event() : event.event() + " " + event.action();
    }
}
