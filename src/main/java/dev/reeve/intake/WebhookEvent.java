package dev.reeve.intake;

import dev.reeve.model.Press;
import dev.reeve.model.RepositoryName;
import dev.reeve.model.Sha;
import org.jspecify.annotations.Nullable;

import java.util.List;
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

        /** Somebody asked for a new one of our check runs. */
        record OfRerun(RepositoryName repository, Sha head, @Nullable Press press) implements Detail {}

        /**
         * Somebody pressed a button of ours on the check run of a pull request.
         *
         * @param number the pull request's, as the run's external id says
         */
        record OfButton(RepositoryName repository, int number, Press press) implements Detail {}

        /**
         * All that an App has to say of a commit is said.
         *
         * @param app the App's id
         */
        record OfSuite(RepositoryName repository, Sha head, long app) implements Detail {}

        /** A commit that should have check runs, or whose state has changed. */
        record OfCommit(RepositoryName repository, Sha commit) implements Detail {}

        /**
         * A merge queue waits for the checks of a commit.
         *
         * @param number the pull request that the queue's branch names; null when it names none
         */
        record OfGroup(RepositoryName repository, Sha head, @Nullable Integer number) implements Detail {}

        /**
         * A push to a repository.
         *
         * @param ref its full name, {@code refs/heads/main}
         * @param defaultBranch the repository's default branch, as the payload states it
         */
        record OfPush(RepositoryName repository, String ref, String defaultBranch, Sha before, Sha after,
                PushKind kind) implements Detail {}

        /**
         * An installation of the App, or which repositories it covers.
         *
         * @param named the repositories that came or went, as far as the payload names them
         */
        record OfInstallation(long installation, List<RepositoryName> named, Naming naming) implements Detail {}

        /** A repository itself: its name, its owner, whether it is archived, its default branch. */
        record OfRepository(RepositoryName repository, Changed changed) implements Detail {}
    }

    /** Whether the names that were read are all that there are. */
    public enum Naming {
        ALL, SOME
    }

    /** What changed of a repository. */
    public enum Changed {
        DEFAULT_BRANCH, ANOTHER_THING
    }

    /** What a push did to its ref. */
    public enum PushKind {
        UPDATED, FORCED, CREATED, DELETED
    }

    private static final Pattern ACTION = Pattern.compile("[a-z][a-z_]{0,63}");
    static final Pattern PULL_NUMBER = Pattern.compile("[1-9][0-9]{0,8}");
    static final Pattern ID = Pattern.compile("[1-9][0-9]{0,17}");

    static WebhookEvent read(Envelope envelope, byte[] json) throws RefusedException {
        return read(envelope.guid(), envelope.event(), json);
    }

    static WebhookEvent read(String guid, String event, byte[] json) throws RefusedException {
        var fields = PayloadFields.read(json);
        var repository = optional(fields, "repository.full_name", RepositoryName::parse);
        var detail = switch (event) {
            case "pull_request", "pull_request_review" -> pullRequest(fields);
            case "push" -> push(fields);
            case "installation", "installation_repositories" -> installation(fields);
            case "repository" -> repository(fields);
            case "check_run", "check_suite", "merge_group", "status" -> new CheckEvents(fields).read(event);
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

    /** A name that can't be one is left out: the installation is listed then. */
    private static Detail installation(PayloadFields fields) throws RefusedException {
        var names = fields.listed().stream().map(RepositoryName::parse).flatMap(Optional::stream).distinct().toList();
        boolean all = !fields.listsMore() && names.size() == fields.listed().size();
        return new Detail.OfInstallation(Long.parseLong(required(fields, "installation.id", matching(ID))), names,
                all ? Naming.ALL : Naming.SOME);
    }

    private static Detail repository(PayloadFields fields) throws RefusedException {
        return new Detail.OfRepository(required(fields, "repository.full_name", RepositoryName::parse),
                fields.text("changes.default_branch.from").isPresent() ? Changed.DEFAULT_BRANCH
                        : Changed.ANOTHER_THING);
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

    static Function<String, Optional<String>> matching(Pattern pattern) {
        return text -> Optional.of(text).filter(t -> pattern.matcher(t).matches());
    }

    static <T> T required(PayloadFields fields, String name, Function<String, Optional<T>> parse)
            throws RefusedException {
        var value = optional(fields, name, parse);
        if (value == null) {
            throw RefusedException.malformed("the payload has no " + name);
        }
        return value;
    }

    static <T> @Nullable T optional(PayloadFields fields, String name, Function<String, Optional<T>> parse)
            throws RefusedException {
        var text = fields.text(name);
        if (text.isEmpty()) {
            return null;
        }
        return parse.apply(text.get())
                .orElseThrow(() -> RefusedException.malformed("the payload's " + name + " is invalid"));
    }
}
