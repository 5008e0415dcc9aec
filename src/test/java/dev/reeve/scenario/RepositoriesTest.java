package dev.reeve.scenario;

import dev.reeve.inbox.Checkpoint;
import dev.reeve.inbox.KnownRepository;
import dev.reeve.kit.FakeInstallation;
import dev.reeve.kit.FakeRepository;
import dev.reeve.kit.Scenario;
import dev.reeve.model.RepositoryName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Repositories come, move, go, and can't be worked on for a while. */
class RepositoriesTest {

    private static final Duration SWEEP = Duration.ofMinutes(15);

    @RegisterExtension
    final Scenario scenario = Scenario.withRounds();

    private FakeRepository shop() {
        return scenario.project().atGitHub();
    }

    private FakeInstallation installation() {
        return shop().installation();
    }

    private List<String> known() {
        return scenario.inbox()
                .repositories()
                .all()
                .stream()
                .map(one -> one.name() + " " + one.state())
                .toList();
    }

    private Path clone(String name) {
        return scenario.dataFolder().resolve("clones").resolve(name + ".git");
    }

    private void isCompleted() {
        scenario.task("fix-login").isCompletedBy("dave", 12);
        scenario.check(12).concludes("success");
    }

    private void mergeUnnoticed() {
        scenario.pullRequest(12).from("task/fix-login").mergeUnannounced();
    }

    @Test
    void aServerKnowsWhatItIsInstalledOnFromItsStart() {
        assertThat(known()).containsExactly("acme/shop ACTIVE");
        assertThat(clone("acme/shop")).isDirectory();
        assertThat(scenario.inbox().repositories().all()).singleElement()
                .satisfies(one -> assertThat(one.tip()).isEqualTo(scenario.project().tip()))
                .satisfies(one -> assertThat(one.sweptAt()).isEqualTo(scenario.clock().instant()));
    }

    @Test
    void aRepositoryThatComesIsReconciledAsAWhole() {
        var other = scenario.project("acme/till");
        other.pullRequest(7).from("task/fix-login").mergeUnannounced();
        scenario.deliver(installation().added(other.atGitHub()));
        scenario.settle();
        assertThat(known()).containsExactly("acme/shop ACTIVE", "acme/till ACTIVE");
        other.task("fix-login").isCompletedBy("dave", 7);
        other.check(7).concludes("success");
    }

    @Test
    void openPullRequestsOfARepositoryThatComesGetTheirCheckRuns() {
        var other = scenario.project("acme/till");
        var _ = other.pullRequest(7).from("task/fix-login").atGitHub();
        scenario.deliver(installation().event("created", other.atGitHub()));
        scenario.settle();
        other.check(7).concludes("success");
    }

    @Test
    void anInstallationOfMoreThanAPayloadIsReadForIsListed() {
        var other = scenario.project("globex/site");
        var many = Stream.generate(other::atGitHub).limit(101).toArray(FakeRepository[]::new);
        scenario.deliver(other.atGitHub().installation().event("created", many));
        scenario.settle();
        assertThat(scenario.gitHub().count("GET /installation/repositories")).isEqualTo(1);
        assertThat(known()).containsExactly("acme/shop ACTIVE", "globex/site ACTIVE");
    }

    @Test
    void anInstallationThatNamesNothingIsListed() {
        var other = scenario.project("globex/site");
        scenario.deliver(other.atGitHub().installation().event("created"));
        scenario.settle();
        assertThat(known()).containsExactly("acme/shop ACTIVE", "globex/site ACTIVE");
    }

    @Test
    void ofARepositoryThatGoesNothingIsKept() {
        shop().uninstall();
        scenario.deliver(installation().removed(shop()));
        scenario.settle();
        assertThat(known()).isEmpty();
        assertThat(clone("acme/shop")).doesNotExist();
        assertThat(clone("acme/shop").resolveSibling("shop.git.owner")).doesNotExist();
        assertThat(scenario.waiting()).isZero();
    }

    @Test
    void thatItWentIsBelievedOnlyWhenGitHubSaysSo() {
        scenario.deliver(installation().removed(shop()));
        scenario.settle();
        assertThat(known()).containsExactly("acme/shop ACTIVE");
        assertThat(clone("acme/shop")).isDirectory();
    }

    @Test
    void aRepositoryThatWentAndCameBackIsReconciledAsAWhole() {
        shop().uninstall();
        scenario.deliver(installation().removed(shop()));
        scenario.settle();
        mergeUnnoticed();
        shop().install();
        scenario.deliver(installation().added(shop()));
        scenario.settle();
        isCompleted();
    }

    @Test
    void thatItWentIsNoticedWithoutAnEvent() {
        shop().uninstall();
        scenario.advance(SWEEP);
        assertThat(known()).isEmpty();
        assertThat(clone("acme/shop")).doesNotExist();
    }

    @Test
    void thatItWentIsNoticedAtTheStart() {
        scenario.stop();
        scenario.gitHub().delete("acme/shop");
        scenario.start();
        assertThat(known()).isEmpty();
        assertThat(clone("acme/shop")).doesNotExist();
    }

    @Test
    void thatItCameIsNoticedWithoutAnEvent() {
        var other = scenario.project("globex/site");
        other.pullRequest(7).from("task/fix-login").mergeUnannounced();
        scenario.advance(SWEEP);
        other.task("fix-login").isCompletedBy("dave", 7);
        other.check(7).concludes("success");
    }

    /** git knows it by the old name too, as at GitHub. */
    private void rename(String to) throws IOException {
        var before = scenario.project().remote().path();
        var path = scenario.folder().resolve("remotes").resolve(to + ".git");
        Files.createDirectories(path.getParent());
        if (!path.toString().equalsIgnoreCase(before.toString())) {
            Files.createSymbolicLink(path, before);
        } else if (!Files.exists(path)) {
            Files.createSymbolicLink(path, before);
        }
        scenario.gitHub().rename(shop().name().toString(), to);
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme/store", "globex/shop"})
    void whatIsKeptMovesWithARepository(String to) throws IOException {
        var before = scenario.inbox().repositories().all().getFirst();
        rename(to);
        mergeUnnoticed();
        scenario.deliver(shop().repositoryEvent("renamed"));
        scenario.settle();
        assertThat(known()).containsExactly(to + " ACTIVE");
        assertThat(scenario.inbox().repositories().all().getFirst().id()).isEqualTo(before.id());
        assertThat(clone("acme/shop")).doesNotExist();
        assertThat(clone(to)).isDirectory();
        isCompleted();
    }

    @Test
    void thatItIsCalledOtherwiseIsNoticedWithoutAnEvent() throws IOException {
        rename("acme/store");
        mergeUnnoticed();
        scenario.advance(SWEEP);
        scenario.advance(SWEEP);
        assertThat(known()).containsExactly("acme/store ACTIVE");
        assertThat(clone("acme/shop")).doesNotExist();
        isCompleted();
    }

    @Test
    void workThatWaitsUnderTheOldNameGoesToTheNewOne() throws IOException {
        scenario.expectError(".*is given up.*");
        scenario.project().remote().script("pre-receive", "echo Protected branch; exit 1");
        scenario.pullRequest(12).from("task/fix-login").merge();
        scenario.settle();
        assertThat(scenario.deadLetter().repository()).isEqualTo("acme/shop");
        rename("acme/store");
        Files.delete(scenario.project().remote().path().resolve("hooks/pre-receive"));
        scenario.deliver(shop().repositoryEvent("renamed"));
        scenario.settle();
        assertThat(scenario.deadLetters()).isEmpty();
        isCompleted();
    }

    @Test
    void anotherSpellingIsNoOtherRepository() throws IOException {
        rename("Acme/Shop");
        mergeUnnoticed();
        scenario.deliver(shop().repositoryEvent("renamed"));
        scenario.settle();
        assertThat(known()).containsExactly("Acme/Shop ACTIVE");
        assertThat(clone("acme/shop")).isDirectory();
        isCompleted();
    }

    @Test
    void aNewRepositoryOfAnOldNameHasNothingOfTheOldOne() throws IOException {
        rename("acme/store");
        var other = new GitHubsOther(scenario).shop();
        scenario.deliver(installation().added(other));
        scenario.settle();
        assertThat(scenario.inbox().repositories().find(other.id())).map(KnownRepository::name)
                .contains(RepositoryName.parse("acme/shop").orElseThrow());
        scenario.advance(SWEEP);
        assertThat(known()).containsExactly("acme/shop ACTIVE", "acme/store ACTIVE");
    }

    /** A second repository of the same name, with the same files. */
    private record GitHubsOther(Scenario scenario) {
        FakeRepository shop() {
            return scenario.gitHub().repository("acme/shop", scenario.project().remote().path());
        }
    }

    @Test
    void aSuspendedInstallationIsKeptAndGoesOnByItself() {
        installation().suspend(scenario.clock().instant());
        scenario.deliver(installation().event("suspend", shop()));
        scenario.settle();
        assertThat(known()).containsExactly("acme/shop SUSPENDED");
        mergeUnnoticed();
        scenario.pullRequest(12).deliver("closed");
        scenario.settle();
        assertThat(scenario.deadLetters()).isEmpty();
        assertThat(clone("acme/shop")).isDirectory();
        installation().resume();
        scenario.deliver(installation().event("unsuspend", shop()));
        scenario.settle();
        isCompleted();
    }

    @Test
    void thatItIsSuspendedAndResumedIsNoticedWithoutAnEvent() {
        installation().suspend(scenario.clock().instant());
        scenario.advance(SWEEP);
        assertThat(known()).containsExactly("acme/shop SUSPENDED");
        mergeUnnoticed();
        installation().resume();
        scenario.advance(SWEEP);
        isCompleted();
    }

    @Test
    void anArchivedRepositoryIsKeptAndGoesOnByItself() {
        shop().archive();
        scenario.deliver(shop().repositoryEvent("archived"));
        scenario.settle();
        assertThat(known()).containsExactly("acme/shop ARCHIVED");
        mergeUnnoticed();
        scenario.pullRequest(12).deliver("closed");
        scenario.advance(SWEEP);
        scenario.task("fix-login").isUntouched();
        shop().unarchive();
        scenario.deliver(shop().repositoryEvent("unarchived"));
        scenario.settle();
        isCompleted();
    }

    @Test
    void workThatRunsWhileItsRepositoryGoesEndsAndTheRepositoryCanComeBack() throws Exception {
        var gate = scenario.gitHub().gate("GET /repos/acme/shop/pulls/12");
        mergeUnnoticed();
        scenario.pullRequest(12).deliver("closed");
        gate.awaitArrival();
        shop().uninstall();
        scenario.deliver(installation().removed(shop()));
        scenario.awaitKnown(0);
        shop().install();
        scenario.deliver(installation().added(shop()));
        gate.open();
        // What met the clone while it was deleted is tried again, and may meet that twice.
        for (int tries = 0; tries == 0 || (scenario.waiting() > 0 && tries < 5); tries++) {
            scenario.advance(Duration.ofMinutes(1));
        }
        assertThat(known()).containsExactly("acme/shop ACTIVE");
        isCompleted();
    }

    @ParameterizedTest
    @ValueSource(strings = {Checkpoint.WRITTEN, Checkpoint.COMMITTED, Checkpoint.HANDLED})
    void aServerThatDiesWhileARepositoryMovesFinishesThatAfterwards(String step) throws IOException {
        for (int occurrence = 1; occurrence <= 6; occurrence++) {
            var to = "acme/store" + occurrence;
            rename(to);
            scenario.crashAt(step, occurrence);
            scenario.tryToDeliver(shop().repositoryEvent("renamed"));
            boolean crashed = scenario.crashes();
            scenario.restart();
            scenario.settle();
            if (crashed) {
                scenario.advance(SWEEP);
            }
            assertThat(known()).containsExactly(to + " ACTIVE");
            assertThat(clone(to)).isDirectory();
        }
        mergeUnnoticed();
        scenario.advance(SWEEP.multipliedBy(2));
        isCompleted();
    }

    @Test
    void aCloneThatLiesElsewhereIsNotDeleted() throws IOException {
        scenario.expectError("(?s).*is not in .*remove it by hand.*");
        scenario.stop();
        var elsewhere = Files.createDirectory(scenario.folder().resolve("elsewhere"));
        Files.move(clone("acme/shop").getParent(), elsewhere.resolve("acme"));
        Files.createSymbolicLink(clone("acme/shop").getParent(), elsewhere.resolve("acme"));
        shop().uninstall();
        scenario.gitHub().delete("acme/shop");
        scenario.start();
        assertThat(elsewhere.resolve("acme/shop.git")).isDirectory();
        Files.delete(clone("acme/shop").getParent());
        scenario.advance(Duration.ofMinutes(1));
        scenario.advance(Duration.ofMinutes(1));
        assertThat(known()).isEmpty();
    }

    @Nested
    class WithACheckout {

        @RegisterExtension
        final Scenario here = Scenario.withCheckoutAndRounds();

        @Test
        void anAttachedCheckoutIsNotTouchedWhenItsRepositoryGoes() {
            here.desk().work("fix-login", 12);
            var files = here.desk().registered();
            var shop = here.project().atGitHub();
            shop.uninstall();
            here.deliver(shop.installation().removed(shop));
            here.settle();
            assertThat(here.inbox().repositories().all()).isEmpty();
            assertThat(here.desk().path().resolve(".git")).isDirectory();
            assertThat(here.desk().registered()).isEqualTo(files);
        }
    }
}
