package dev.reeve.reconcile;

import dev.reeve.config.TeamConfiguration;
import dev.reeve.git.Credentials;
import dev.reeve.git.Git;
import dev.reeve.git.ManagedClone;
import dev.reeve.kit.GitRepositories;
import dev.reeve.model.BranchName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;

class CloneTipTest {

    private static final BranchName MAIN = new BranchName("main");
    private static final int ASKERS = 4;

    /** Two tasks of one pull request ask this of the same tip at the same moment; one of them once got a no. */
    @Test
    void allWhoAskAtOnceWhetherACommitIsContainedGetTheSameAnswer(@TempDir Path folder) throws Exception {
        var remote = new GitRepositories(folder).remote("acme");
        var merge = remote.commit("main").file("a.md", "a").push("Merge");
        var tip = remote.commit("main").file("b.md", "b").push("Later");
        try (var clone = ManagedClone.open(Git.onPath(), folder.resolve("clone"), remote.url(), Credentials::none);
                var threads = Executors.newFixedThreadPool(ASKERS)) {
            clone.fetch(MAIN);
            for (int round = 0; round < 10; round++) {
                var asked = new CloneTip(clone, MAIN, Optional.of(tip),
                        TeamConfiguration.read(TeamConfiguration.FILE, new byte[0]));
                var together = new CyclicBarrier(ASKERS);
                Callable<Boolean> question = () -> {
                    together.await();
                    return asked.contains(merge);
                };
                var answers = new ArrayList<Future<Boolean>>();
                for (int asker = 0; asker < ASKERS; asker++) {
                    answers.add(threads.submit(question));
                }
                for (var answer : answers) {
                    assertThat(answer.get()).isTrue();
                }
            }
        }
    }
}
