package dev.reeve.reconcile;

import dev.reeve.decide.Action;
import dev.reeve.git.Checkout;
import dev.reeve.git.Git;
import dev.reeve.kit.GitRepositories;
import dev.reeve.model.Slug;
import dev.reeve.model.TasksRoot;
import dev.reeve.reconcile.TaskWriter.Written;
import dev.reeve.store.StateFolder;
import dev.reeve.store.WorkingTree;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class WorkingTreeWriterTest {

    private static final String LEFT = "---\ntitle: T\nstatus: in_progress\n---\n";

    @TempDir
    private Path folder;
    private Path file;
    private WorkingTreeWriter writer;

    @BeforeEach
    void checkout() {
        var repositories = new GitRepositories(folder);
        var remote = repositories.remote("shop");
        remote.commit("main").file("tasks/fix-login.md", LEFT).file("tasks/other.md", LEFT).push("Begin");
        var path = repositories.checkout(remote, "checkout");
        file = path.resolve("tasks/fix-login.md");
        writer = new WorkingTreeWriter(
                new WorkingTree(new StateFolder(path, InstantSource.system()), TasksRoot.DEFAULT),
                Checkout.open(Git.onPath(), path));
    }

    private static Rewrite demotion(String slug) {
        return new Demoting(new Action.Demote(new Slug(slug), "left"), new Trailers(List.of()));
    }

    @Test
    void whatIsAsHeadHasItIsWritten() {
        assertThat(writer.write(List.of(demotion("fix-login"), demotion("other"), demotion("nowhere"))))
                .hasExactlyElementsOfTypes(Written.InWorkingTree.class, Written.InWorkingTree.class,
                        Written.NotNeeded.class);
        assertThat(file).content().isEqualTo(LEFT.replace("in_progress", "ready"));
    }

    @Test
    void whatItsOperatorHasChangedSinceItWasDecidedOnIsLeft() throws IOException {
        var mine = LEFT + "More.\n";
        Files.writeString(file, mine);

        assertThat(writer.write(List.of(demotion("fix-login"), demotion("other"))))
                .hasExactlyElementsOfTypes(Written.Failed.class, Written.InWorkingTree.class);
        assertThat(file).content().isEqualTo(mine);
    }
}
