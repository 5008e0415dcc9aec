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

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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

    private static final int PER_PAGE = 100;
    /** A thousand runs of ours at one commit, which nothing that we do comes near. */
    private static final int MOST_PAGES = 10;

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

    /** Our runs at a commit, whatever they are called, the newest first. */
    List<OwnRun> of(Sha commit) {
        return ours(commit, Map.of()).stream()
                .filter(run -> run.getExternalId() != null)
                .sorted(Comparator.comparingLong(GHCheckRun::getId).reversed())
                .map(CheckRuns::own)
                .toList();
    }

    /**
     * Our runs at a commit, all of them. GitHub leaves out those of other Apps, of which there may be any number and by any name, so that none of ours is hidden
     * behind them; whether it did is looked at all the same.
     */
    private List<GHCheckRun> ours(Sha commit, Map<String, Object> condition) {
        // Whose the credentials are is known once they are there.
        var _ = calls.access().credentials();
        var conditions = new HashMap<>(condition);
        conditions.put("filter", "all");
        calls.access().app().ifPresent(app -> conditions.put("app_id", app));
        return calls.ask(Question.reading(Permission.CHECKS_WRITE, Forms::checkRuns), (gitHub, conversation) -> {
            var pages = Handles.repository(gitHub, repository)
                    .getCheckRuns(commit.value(), conditions)
                    .withPageSize(PER_PAGE)
                    .iterator();
            var runs = new ArrayList<GHCheckRun>();
            for (int page = 0; pages.hasNext(); page++) {
                if (page == MOST_PAGES) {
                    throw conversation.fields().malformed("longer than " + MOST_PAGES * PER_PAGE + " check runs");
                }
                pages.nextPage()
                        .stream()
                        .filter(run -> run.getHeadSha().equals(commit.value()) && isOurs(run))
                        .forEach(runs::add);
            }
            return runs;
        });
    }

    private static OwnRun own(GHCheckRun run) {
        return new OwnRun(run.getId(), run.getName(), run.getExternalId(),
                CheckMarks.promiseIn(Objects.requireNonNullElse(run.getOutput().getSummary(), "")));
    }

    private boolean isOurs(GHCheckRun run) {
        return run.getApp() != null && calls.access().mayUpdateRunsOf(run.getApp().getId());
    }

    private Optional<GHCheckRun> find(Sha head, String name, String externalId) {
        return ours(head, Map.of("check_name", name)).stream()
                .filter(run -> externalId.equals(run.getExternalId()) && run.getName().equals(name))
                .max(Comparator.comparingLong(GHCheckRun::getId));
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
