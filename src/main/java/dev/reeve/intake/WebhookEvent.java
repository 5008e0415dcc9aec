package dev.reeve.intake;

import dev.reeve.model.RepositoryName;
import dev.reeve.model.Sha;
import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A verified delivery as far as routing is concerned.
 *
 * @param guid the delivery's {@code X-GitHub-Delivery}
 * @param action null for events that have none
 * @param repository null for events that concern no repository
 * @param installation null when the payload names none
 */
public record WebhookEvent(String guid, String event, @Nullable String action, @Nullable RepositoryName repository,
        @Nullable Long installation, Detail detail) {

    /** What the event is about. */
    public sealed interface Detail {

        /** Nothing that work follows from. */
        record Other() implements Detail {}

        /** A pull request of a repository. */
        record OfPullRequest(RepositoryName repository, int number) implements Detail {}

        /**
         * A push to a repository.
         *
         * @param ref its full name, {@code refs/heads/main}
         * @param defaultBranch the repository's default branch, as the payload states it
         */
        record OfPush(RepositoryName repository, String ref, String defaultBranch, Sha before, Sha after,
                PushKind kind) implements Detail {}
    }

    /** What a push did to its ref. */
    public enum PushKind {
        UPDATED, FORCED, CREATED, DELETED
    }

    private static final Pattern ACTION = Pattern.compile("[a-z][a-z_]{0,63}");
    private static final Pattern PULL_NUMBER = Pattern.compile("[1-9][0-9]{0,8}");
    private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,17}");

    static WebhookEvent read(Envelope envelope, byte[] json) throws RefusedException {
        return read(envelope.guid(), envelope.event(), json);
    }

    static WebhookEvent read(String guid, String event, byte[] json) throws RefusedException {
        var fields = PayloadFields.read(json);
        var repository = optional(fields, "repository.full_name", RepositoryName::parse);
        var detail = switch (event) {
            case "pull_request" -> pullRequest(fields);
            case "push" -> push(fields);
            default -> new Detail.Other();
        };
        return new WebhookEvent(guid, event, optional(fields, "action", matching(ACTION)),
                repository, optional(fields, "installation.id", id -> matching(ID).apply(id).map(Long::valueOf)),
                detail);
    }

    private static Detail pullRequest(PayloadFields fields) throws RefusedException {
        return new Detail.OfPullRequest(required(fields, "repository.full_name", RepositoryName::parse),
                Integer.parseInt(required(fields, "pull_request.number", matching(PULL_NUMBER))));
    }

    private static Detail push(PayloadFields fields) throws RefusedException {
        var before = required(fields, "before", Sha::parse);
        var after = required(fields, "after", Sha::parse);
        return new Detail.OfPush(required(fields, "repository.full_name", RepositoryName::parse),
                required(fields, "ref", Optional::of), required(fields, "repository.default_branch", Optional::of),
                before, after, kind(fields, before, after));
    }

    private static PushKind kind(PayloadFields fields, Sha before, Sha after) {
        if (fields.isTrue("deleted") || after.isZero()) {
            return PushKind.DELETED;
        }
        if (fields.isTrue("created") || before.isZero()) {
            return PushKind.CREATED;
        }
        return fields.isTrue("forced") ? PushKind.FORCED : PushKind.UPDATED;
    }

    private static Function<String, Optional<String>> matching(Pattern pattern) {
        return text -> Optional.of(text).filter(t -> pattern.matcher(t).matches());
    }

    private static <T> T required(PayloadFields fields, String name, Function<String, Optional<T>> parse)
            throws RefusedException {
        var value = optional(fields, name, parse);
        if (value == null) {
            throw RefusedException.malformed("the payload has no " + name);
        }
        return value;
    }

    private static <T> @Nullable T optional(PayloadFields fields, String name, Function<String, Optional<T>> parse)
            throws RefusedException {
        var text = fields.text(name);
        if (text.isEmpty()) {
            return null;
        }
        return parse.apply(text.get())
                .orElseThrow(() -> RefusedException.malformed("the payload's " + name + " is invalid"));
    }
}
