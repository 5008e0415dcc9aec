package dev.reeve.scenario;

import dev.reeve.kit.EventTable;
import dev.reeve.kit.FakeCheckEvents;
import dev.reeve.kit.FakeDelivery;
import dev.reeve.kit.FakeRepository;
import dev.reeve.kit.Project;
import dev.reeve.kit.Project.Rule;
import dev.reeve.kit.Scenario;
import dev.reeve.model.Sha;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What each event costs in requests to GitHub, as the table of events in {@code docs/webhooks.md} says. With {@code -Dreeve.docs=write} the numbers there are
 * written anew.
 */
@Tag("slow")
class EventRequestsTest {

    private static final EventTable TABLE = EventTable.inTheDocumentation();
    private static final Map<String, Long> MEASURED = new TreeMap<>();
    private static final Sha NONE = new Sha("0".repeat(40));
    private static final long ACTIONS = 15_368;

    @RegisterExtension
    final Scenario scenario = Scenario.standard();

    /**
     * A row of the table.
     *
     * @param before what has happened by then, and been answered
     * @param event what is measured
     */
    record Row(String name, Consumer<EventRequestsTest> before, Consumer<EventRequestsTest> event) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Row row(String name, Consumer<EventRequestsTest> before, Consumer<EventRequestsTest> event) {
        return new Row(name, before, event);
    }

    static Stream<Row> rows() {
        return Stream.of(pulls(), overs(), pushes(), asked(), queues(), told(), comings(), modes()).flatMap(s -> s);
    }

    private static Stream<Row> pulls() {
        return Stream.of(
                row("`pull_request` opened; about no task", t -> t.hasPull("topic", ""), t -> t.pull("opened")),
                row("… about one task", t -> t.hasPull("task/fix-login", ""), t -> t.pull("opened")),
                row("… about two tasks", t -> t.hasPull("topic", "Task: fix-login\nTask: add-search"),
                        t -> t.pull("opened")),
                row("`pull_request` synchronize", EventRequestsTest::isOpen,
                        t -> t.scenario.pullRequest(12).push("more.txt", "more\n")),
                row("`pull_request` edited", EventRequestsTest::isOpen,
                        t -> t.scenario.pullRequest(12).edit("Task: add-search")),
                row("`pull_request` reopened", t -> {
                    t.isOpen();
                    t.scenario.pullRequest(12).close();
                }, t -> t.scenario.pullRequest(12).reopen()),
                row("`pull_request` ready_for_review", EventRequestsTest::isOpen, t -> t.pull("ready_for_review")),
                row("`pull_request` with another action", EventRequestsTest::isOpen, t -> t.pull("labeled")));
    }

    private static Stream<Row> overs() {
        return Stream.of(
                row("`pull_request` closed, merged into the default branch; about no task", t -> t.isOpen("topic", ""),
                        EventRequestsTest::merge),
                row("… about one task, by its branch", EventRequestsTest::isOpen, EventRequestsTest::merge),
                row("… about one task, by its description", t -> t.isOpen("topic", "Task: fix-login"),
                        EventRequestsTest::merge),
                row("… from a fork", t -> {
                    t.scenario.pullRequest(12).fromFork("erin", "patch-1").describing("Task: fix-login").open();
                }, EventRequestsTest::merge),
                row("`pull_request` closed unmerged", EventRequestsTest::isOpen,
                        t -> t.scenario.pullRequest(12).close()),
                row("`pull_request` closed, merged elsewhere", t -> {
                    t.scenario.project().remote().branch("release", "main");
                    t.scenario.pullRequest(12).from("task/fix-login").into("release").open();
                }, EventRequestsTest::merge));
    }

    private static Stream<Row> pushes() {
        return Stream.of(
                row("`push` to the default branch; touches no task file", t -> {},
                        t -> t.scenario.project().push("more.txt", "more\n")),
                row("… touches one", t -> {},
                        t -> t.scenario.project().push("tasks/fix-login.md", Project.taskFile("Fix", "ready"))),
                row("… touches two", t -> {}, EventRequestsTest::pushTwo),
                row("… merges a pull request whose own event is missing", EventRequestsTest::isOpen, t -> {
                    var before = t.scenario.project().tip();
                    t.push("main", before, t.scenario.pullRequest(12).mergeUnannounced());
                }),
                row("`push` to the default branch that is forced, or makes it anew", t -> {},
                        t -> t.push("main", NONE, t.scenario.project().tip())),
                row("`push` elsewhere, tags, deletions", EventRequestsTest::isOpen, t -> {
                    t.push("task/fix-login", NONE, t.head());
                    t.push("task/fix-login", t.head(), NONE);
                }),
                row("`push` of our own", t -> {
                    t.isOpen();
                    t.merge();
                }, t -> t.push("main", t.scenario.project().parentOfTip(), t.scenario.project().tip())));
    }

    private static Stream<Row> asked() {
        return Stream.of(
                row("`check_run` rerequested", EventRequestsTest::isOpen,
                        t -> t.hear(t.events().rerequested(t.scenario.check(12).run(), "bob"))),
                row("`check_suite` rerequested", EventRequestsTest::isOpen,
                        t -> t.hear(t.events().suite("rerequested", t.head(), "task/fix-login", 0))),
                row("… after the merge", t -> {
                    t.isOpen();
                    t.merge();
                }, t -> t.hear(t.events().rerequested(t.scenario.check(12).run(), "bob"))),
                row("`check_suite` requested; there is a run", EventRequestsTest::isOpen,
                        t -> t.hear(t.events().suite("requested", t.head(), "task/fix-login", 0))),
                row("… there is none", t -> t.hasPull("task/fix-login", ""),
                        t -> t.hear(t.events().suite("requested", t.head(), "task/fix-login", 0))),
                row("… there is no pull request", t -> t.scenario.project().commit("x.txt", "x\n"),
                        t -> t.hear(t.events().suite("requested", t.scenario.project().tip(), "topic", 0))),
                row("`check_run` requested_action, *Reconcile now*; open", EventRequestsTest::isOpen,
                        t -> t.press("reconcile", "bob")),
                row("… merged", t -> {
                    t.isOpen();
                    t.merge();
                }, t -> t.press("reconcile", "bob")),
                row("`check_run` requested_action, *Reconcile all*", t -> {
                    t.shop().people().may("bob", "write");
                    t.isOpen();
                }, t -> t.press("reconcile-all", "bob")),
                row("… by somebody who may not write", EventRequestsTest::isOpen,
                        t -> t.press("reconcile-all", "mallory")));
    }

    private static Stream<Row> queues() {
        return Stream.of(
                row("`merge_group` checks_requested", EventRequestsTest::isOpen,
                        t -> t.hear(t.events().mergeGroup("checks_requested", t.scenario.project().tip(), 12))),
                row("… where its files have to say what it is about", t -> t.isOpen("topic", ""),
                        t -> t.hear(t.events().mergeGroup("checks_requested", t.scenario.project().tip(), 12))),
                row("`merge_group` destroyed", EventRequestsTest::isOpen,
                        t -> t.hear(t.events().mergeGroup("destroyed", t.scenario.project().tip(), 12))));
    }

    private static Stream<Row> told() {
        return Stream.of(
                row("`check_suite` completed", t -> {
                    t.isOpen();
                    t.shop().ci(t.head(), "build", "failure");
                }, t -> t.hear(t.events().suite("completed", t.head(), "task/fix-login", ACTIONS))),
                row("… at no head of an open pull request", EventRequestsTest::isOpen,
                        t -> t.hear(t.events().suite("completed", t.scenario.project().tip(), "topic", ACTIONS))),
                row("… of our own", EventRequestsTest::isOpen,
                        t -> t.hear(t.events().suite("completed", t.head(), "task/fix-login", 0))),
                row("`status` success, failure, error", t -> {
                    t.shop().installation().grant("statuses", "read");
                    t.isOpen();
                    t.shop().status(t.head(), "deploy", "failure");
                }, t -> t.hear(t.events().status(t.head(), "deploy", "failure"))),
                row("`status` pending", EventRequestsTest::isOpen,
                        t -> t.hear(t.events().status(t.head(), "deploy", "pending"))),
                row("`pull_request_review` submitted, edited, dismissed", t -> {
                    t.isOpen();
                    t.shop().pull(12).review("erin", "CHANGES_REQUESTED");
                }, t -> t.hear(t.events().review(12, "submitted"))),
                row("`check_run` created, completed", EventRequestsTest::isOpen,
                        t -> t.hear(t.events().other("check_run", "completed"))));
    }

    private static Stream<Row> comings() {
        return Stream.of(
                row("`installation` created, deleted, suspend, unsuspend, new_permissions_accepted; names its repositories",
                        t -> {},
                        t -> t.hear(t.shop().installation().event("new_permissions_accepted", t.shop()))),
                row("… names none, or more than 100", t -> {},
                        t -> t.hear(t.shop().installation().event("new_permissions_accepted"))),
                row("`installation_repositories` added, removed", t -> {},
                        t -> t.hear(t.shop().installation().added(t.shop()))),
                row("`repository` renamed, transferred, archived, unarchived, deleted; edited, when the default branch is another",
                        t -> {}, t -> t.hear(t.shop().repositoryEvent("edited"))),
                row("`installation_target` renamed", EventRequestsTest::isOpen,
                        t -> t.hear(t.events().other("installation_target", "renamed"))),
                row("everything else", EventRequestsTest::isOpen,
                        t -> t.hear(t.events().other("issues", "opened"))));
    }

    private static Stream<Row> modes() {
        return Stream.of(
                row("a merge where commits have to be signed, the first one", t -> {
                    t.scenario.project().protect("main", Rule.SIGNED);
                    t.isOpen();
                }, EventRequestsTest::merge),
                row("… and each one after it", t -> {
                    t.scenario.project().protect("main", Rule.SIGNED);
                    t.scenario.pullRequest(11).from("task/add-search").open();
                    t.scenario.pullRequest(11).merge();
                    t.isOpen();
                }, EventRequestsTest::merge),
                row("a merge where completions go into the bookkeeping pull request, the first one", t -> {
                    t.scenario.project().publishesByPullRequest();
                    t.isOpen();
                }, EventRequestsTest::merge),
                row("… and each one after it while that is open", t -> {
                    t.scenario.project().publishesByPullRequest();
                    t.scenario.pullRequest(11).from("task/add-search").open();
                    t.scenario.pullRequest(11).merge();
                    t.isOpen();
                }, EventRequestsTest::merge),
                row("the merge of the bookkeeping pull request", t -> {
                    t.scenario.project().publishesByPullRequest();
                    t.isOpen();
                    t.merge();
                    t.scenario.settle();
                    t.scenario.bookkeeping().announced("opened");
                }, t -> t.scenario.bookkeeping().merge()));
    }

    private FakeRepository shop() {
        return scenario.project().atGitHub();
    }

    private FakeCheckEvents events() {
        return shop().checkEvents();
    }

    private Sha head() {
        return shop().pull(12).headSha();
    }

    private void hear(FakeDelivery delivery) {
        scenario.deliver(delivery);
    }

    /** It is there, and nobody was told. */
    private void hasPull(String branch, String description) {
        var _ = scenario.pullRequest(12).from(branch).describing(description).atGitHub();
    }

    private void isOpen() {
        isOpen("task/fix-login", "");
    }

    private void isOpen(String branch, String description) {
        scenario.pullRequest(12).from(branch).describing(description).open();
        scenario.settle();
    }

    private void pull(String action) {
        scenario.pullRequest(12).deliver(action);
    }

    private void merge() {
        scenario.pullRequest(12).merge();
        scenario.settle();
    }

    private void push(String branch, Sha before, Sha after) {
        hear(shop().pushEvent(branch, before, after));
    }

    private void pushTwo() {
        var before = scenario.project().tip();
        var after = scenario.project()
                .remote()
                .commit("main")
                .file("tasks/fix-login.md", Project.taskFile("Fix", "ready"))
                .file("tasks/pay-by-card.md", Project.taskFile("Pay", "ready"))
                .push("Both");
        push("main", before, after);
    }

    private void press(String button, String who) {
        hear(events().pressed(scenario.check(12).run(), button, who));
    }

    /** All but those for a token, which is asked for once an hour. */
    private long requests() {
        return scenario.gitHub()
                .requests()
                .stream()
                .filter(served -> !served.request().path().endsWith("/access_tokens"))
                .count();
    }

    private void account() {
        shop().checkRuns().forEach(run -> scenario.project().checkAt(run.head()));
        var _ = scenario.bookkeeping();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void anEventCostsWhatTheTableSays(Row row) {
        row.before.accept(this);
        scenario.settle();
        long before = requests();
        row.event.accept(this);
        scenario.settle();
        long cost = requests() - before;
        account();
        MEASURED.put(row.name, cost);
        TABLE.says(row.name, cost);
    }

    @Test
    void eachRowIsMeasured() {
        assertThat(TABLE.names()).containsExactlyElementsOf(rows().map(Row::name).toList());
    }

    @AfterAll
    static void write() throws IOException {
        TABLE.write(MEASURED);
    }
}
