package dev.reeve.intake;

import dev.reeve.intake.WebhookEvent.Detail;
import dev.reeve.model.ExternalId;
import dev.reeve.model.Press;
import dev.reeve.model.RepositoryName;
import dev.reeve.model.Sha;
import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.regex.Pattern;

import static dev.reeve.intake.WebhookEvent.ID;
import static dev.reeve.intake.WebhookEvent.matching;
import static dev.reeve.intake.WebhookEvent.optional;
import static dev.reeve.intake.WebhookEvent.required;

/**
 * Events about checks. GitHub sends {@code rerequested} and {@code requested_action} to the App whose run it is; {@code created} and {@code completed} of a
 * run come from every App, and nothing is read of them.
 *
 * @param fields the payload's
 */
record CheckEvents(PayloadFields fields) {

    private static final Pattern QUEUED = Pattern
            .compile("refs/heads/gh-readonly-queue/.+/pr-([1-9][0-9]{0,8})-[0-9a-f]{40,64}");
    private static final String QUEUE = "gh-readonly-queue/";

    Detail read(String event) throws RefusedException {
        var action = fields.text("action").orElse("");
        return switch (event + " " + action) {
            case "check_run rerequested" -> new Detail.OfRerun(repository(), sha("check_run.head_sha"), rerunOfRun());
            case "check_run requested_action" -> button();
            case "check_suite rerequested" ->
                new Detail.OfRerun(repository(), sha("check_suite.head_sha"), press(Press.Kind.RERUN, null));
            case "check_suite requested" -> isOfNoPullRequest() ? new Detail.Other()
                    : new Detail.OfCommit(repository(), sha("check_suite.head_sha"));
            case "check_suite completed" -> new Detail.OfSuite(repository(), sha("check_suite.head_sha"), suitesApp());
            case "merge_group checks_requested" ->
                new Detail.OfGroup(repository(), sha("merge_group.head_sha"), queued());
            case "status " -> isPending() ? new Detail.Other() : new Detail.OfCommit(repository(), sha("sha"));
            default -> new Detail.Other();
        };
    }

    private RepositoryName repository() throws RefusedException {
        return required(fields, "repository.full_name", RepositoryName::parse);
    }

    private Sha sha(String name) throws RefusedException {
        return required(fields, name, Sha::parse);
    }

    private @Nullable Press rerunOfRun() throws RefusedException {
        return press(Press.Kind.RERUN, Long.valueOf(required(fields, "check_run.id", matching(ID))));
    }

    /** Who did it; without a name it was nobody. */
    private @Nullable Press press(Press.Kind kind, @Nullable Long run) {
        return fields.text("sender.login")
                .filter(Press::isLogin)
                .map(login -> new Press(login, kind, run))
                .orElse(null);
    }

    private Detail button() throws RefusedException {
        var number = fields.text("check_run.external_id").flatMap(ExternalId::pullRequestIn);
        var press = fields.text("requested_action.identifier")
                .flatMap(Press.Kind::ofButton)
                .map(kind -> press(kind, null));
        return number.isPresent() && press.isPresent()
                ? new Detail.OfButton(repository(), number.get(), press.get())
                : new Detail.Other();
    }

    /** GitHub asks for checks of every push; those to the default branch and to a merge queue's branches are no heads of pull requests. */
    private boolean isOfNoPullRequest() {
        var branch = fields.text("check_suite.head_branch");
        return branch.isPresent()
                && (branch.equals(fields.text("repository.default_branch")) || branch.get().startsWith(QUEUE));
    }

    private long suitesApp() throws RefusedException {
        var id = optional(fields, "check_suite.app.id", matching(ID));
        return id == null ? 0 : Long.parseLong(id);
    }

    private @Nullable Integer queued() {
        return fields.text("merge_group.head_ref")
                .map(QUEUED::matcher)
                .filter(match -> match.matches())
                .map(match -> Integer.valueOf(match.group(1)))
                .orElse(null);
    }

    private boolean isPending() {
        return fields.text("state").equals(Optional.of("pending"));
    }
}
