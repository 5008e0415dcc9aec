package dev.reeve.reconcile;

import dev.reeve.git.CommitSpec;
import dev.reeve.git.Credentials;
import dev.reeve.git.FileMode;
import dev.reeve.git.Git;
import dev.reeve.git.Identity;
import dev.reeve.git.ManagedClone;
import dev.reeve.git.PushResult;
import dev.reeve.kit.GitRepositories;
import dev.reeve.kit.SettableClock;
import dev.reeve.model.BranchName;
import dev.reeve.model.Sha;
import dev.reeve.model.TaskPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;

/** A push of ours and somebody else's that end at the same moment: whichever is noted last, the newer one counts. */
class CloneBranchTest {

    private static final BranchName MAIN = new BranchName("main");

    @TempDir
    Path folder;

    private final SettableClock clock = SettableClock.atNoon();
    private final AtomicReference<Runnable> whileAsked = new AtomicReference<>(() -> {});
    private GitRepositories.Remote remote;
    private ManagedClone clone;
    private CloneBranch branch;

    @BeforeEach
    void start() {
        remote = new GitRepositories(folder).remote("shop");
        remote.commit("main").file("a.md", "a").push("First");
        clone = ManagedClone.open(Git.onPath(), folder.resolve("clone"), remote.url(), Credentials::none);
        branch = new CloneBranch(clone, () -> {
            whileAsked.get().run();
            return MAIN;
        }, clock);
    }

    @AfterEach
    void stop() {
        clone.close();
    }

    private Sha pushOurs(CloneTip tip) {
        var reeve = new Identity("reeve", "reeve@example.com");
        var ours = new CommitSpec("Ours", List.of(), reeve, reeve, clock.instant(),
                List.of(new CommitSpec.Change(new TaskPath("ours.md"), FileMode.REGULAR, new byte[0])));
        return clone.push(MAIN, tip.commit().orElseThrow(), List.of(ours)) instanceof PushResult.Pushed pushed
                ? pushed.tip()
                : new Sha("0".repeat(40));
    }

    private Sha pushTheirs() {
        return remote.commit("main").file("b.md", "b").push("Theirs");
    }

    @Test
    void aPushThatIsNotedLateHidesNothingThatWasFetchedSince() {
        var before = branch.fetch();
        var ours = pushOurs(before);
        var theirs = pushTheirs();
        branch.fetch();

        branch.advanced(before, ours);

        assertThat(branch.seen()).contains(theirs);
    }

    @Test
    void whatWasFetchedAfterAPushCountsThoughThePushWasNotedMeanwhile() {
        var before = branch.fetch();
        var theirs = new AtomicReference<Sha>();
        whileAsked.set(() -> {
            branch.advanced(before, pushOurs(before));
            theirs.set(pushTheirs());
        });

        branch.fetchAgreed();

        assertThat(branch.seen()).contains(theirs.get());
    }

    @Test
    void whatWasFetchedBeforeAPushDoesNotHideIt() {
        var before = branch.fetch();
        var ours = pushOurs(before);
        branch.advanced(before, ours);

        assertThat(branch.seen()).contains(ours);
        assertThat(branch.fetch().commit()).contains(ours);
        assertThat(branch.seen()).contains(ours);
    }
}
