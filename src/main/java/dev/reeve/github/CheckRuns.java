package dev.reeve.github;

import dev.reeve.github.ApiRequest.Repeat;
import dev.reeve.model.CheckReport;
import dev.reeve.model.CheckReport.Button;
import dev.reeve.model.RepositoryName;
import dev.reeve.model.Sha;
import org.kohsuke.github.GHCheckRun;
import org.kohsuke.github.GHCheckRun.AnnotationLevel;
import org.kohsuke.github.GHCheckRunBuilder;
import org.kohsuke.github.GHCheckRunBuilder.Action;
import org.kohsuke.github.GHCheckRunBuilder.Annotation;
import org.kohsuke.github.GHCheckRunBuilder.Output;
import org.kohsuke.github.GHRepository;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Writing check runs. What is there is read first: a run that says the same already is left alone, one that says
 * something else is updated, and none is made.
 *
 * <p>GitHub only ever adds annotations to a run. So a run that has some is not updated but replaced by a new one of
 * the same name, which GitHub shows in its stead. Whether its annotations are the wanted ones is told by a mark that the
 * summary carries as a comment, since reading them back would be another request for each fifty.
 */
final class CheckRuns {

    private static final int PER_PAGE = 20;

    private final RepositoryName repository;
    private final ApiCalls calls;

    CheckRuns(RepositoryName repository, ApiCalls calls) {
        this.repository = repository;
        this.calls = calls;
    }

    /** @param after a run up to this id is let be, and a new one made in its stead; 0 for none */
    long put(Sha head, String name, String externalId, CheckReport report, long after) {
        var wanted = CheckOutput.of(report);
        var existing = find(head, name, externalId).filter(run -> run.getId() > after);
        if (existing.isPresent() && says(existing.get(), wanted)) {
            return existing.get().getId();
        }
        if (existing.isPresent() && existing.get().getOutput().getAnnotationsCount() == 0) {
            return write(wanted, repeat(wanted), repository -> repository.updateCheckRun(existing.get().getId()));
        }
        return write(wanted, Repeat.NEVER,
                repository -> repository.createCheckRun(name, head.value()).withExternalID(externalId));
    }

    /** The newest run of ours with this name and external id. */
    Optional<OwnRun> newest(Sha head, String name, String externalId) {
        return find(head, name, externalId).map(CheckRuns::own);
    }

    /** Our runs at a commit, whatever they are called, the newest first; of very many the newest. */
    List<OwnRun> of(Sha commit) {
        var question = Question.reading(Permission.CHECKS_WRITE, Forms::checkRuns);
        return calls.ask(question, (gitHub, _) -> Handles.repository(gitHub, repository)
                .getCheckRuns(commit.value(), Map.of("filter", "all"))
                .withPageSize(100)
                .iterator()
                .nextPage()
                .stream()
                .filter(run -> run.getHeadSha().equals(commit.value()) && isOurs(run) && run.getExternalId() != null)
                .sorted(Comparator.comparingLong(GHCheckRun::getId).reversed())
                .map(CheckRuns::own)
                .toList());
    }

    private static OwnRun own(GHCheckRun run) {
        return new OwnRun(run.getId(), run.getName(), run.getExternalId(),
                CheckMarks.promiseIn(Objects.requireNonNullElse(run.getOutput().getSummary(), "")));
    }

    private boolean isOurs(GHCheckRun run) {
        return run.getApp() != null && calls.access().mayUpdateRunsOf(run.getApp().getId());
    }

    private Optional<GHCheckRun> find(Sha head, String name, String externalId) {
        var question = Question.reading(Permission.CHECKS_WRITE, Forms::checkRuns);
        return calls.ask(question, (gitHub, _) -> Handles.repository(gitHub, repository)
                .getCheckRuns(head.value(), Map.of("filter", "all", "check_name", name))
                .withPageSize(PER_PAGE)
                .iterator()
                .nextPage()
                .stream()
                .filter(run -> externalId.equals(run.getExternalId()))
                .filter(run -> run.getName().equals(name) && run.getHeadSha().equals(head.value()))
                .filter(this::isOurs)
                .max(Comparator.comparingLong(GHCheckRun::getId)));
    }

    private static boolean says(GHCheckRun run, CheckOutput wanted) {
        var output = run.getOutput();
        return run.getConclusion() == wanted.conclusion() && wanted.title().equals(output.getTitle())
                && wanted.summary().equals(output.getSummary())
                && wanted.text().equals(Objects.requireNonNullElse(output.getText(), ""))
                && output.getAnnotationsCount() == wanted.annotations().size();
    }

    /** Where a run's new contents go. */
    private interface Start {
        GHCheckRunBuilder on(GHRepository repository);
    }

    /** To say the same twice does no harm; but annotations that are sent twice are there twice. */
    private static Repeat repeat(CheckOutput wanted) {
        return wanted.annotations().isEmpty() ? Repeat.HARMLESS : Repeat.NEVER;
    }

    /** One request, and one more for each further fifty annotations. */
    private long write(CheckOutput wanted, Repeat repeat, Start start) {
        var question = new Question(Permission.CHECKS_WRITE, repeat, Forms::identified);
        return calls.ask(question, (gitHub, _) -> {
            var run = start.on(Handles.repository(gitHub, repository))
                    .withStatus(GHCheckRun.Status.COMPLETED)
                    .withConclusion(wanted.conclusion())
                    .add(output(wanted));
            wanted.buttons().forEach(button -> run.add(action(button)));
            return run.create().getId();
        });
    }

    private static Action action(Button button) {
        return new Action(CheckLimits.line(button.label(), CheckLimits.LABEL),
                CheckLimits.line(button.description(), CheckLimits.DESCRIPTION),
                button.does().button().orElseThrow());
    }

    private static Output output(CheckOutput wanted) {
        // An absent text would leave the old one, so an empty one is sent.
        var output = new Output(wanted.title(), wanted.summary()).withText(wanted.text());
        for (var one : wanted.annotations()) {
            var level = AnnotationLevel.valueOf(one.level().name());
            output.add(new Annotation(one.path().value(), one.line(), level, one.message()).withTitle(one.title()));
        }
        return output;
    }
}
