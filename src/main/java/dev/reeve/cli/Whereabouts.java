package dev.reeve.cli;

import dev.reeve.config.Configured;
import dev.reeve.config.TeamConfiguration;
import dev.reeve.git.Checkout;
import dev.reeve.git.Git;
import dev.reeve.git.GitFailure;
import dev.reeve.model.Text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Where a command was started: the checkout around that folder. No git is needed to find it.
 *
 * @param root its top folder: the nearest one that has a {@code .git}; absolute, without symbolic links
 * @param directory the folder the command was started in, likewise
 */
record Whereabouts(Path root, Path directory) {

    private static final int LONGEST = 1 << 20;

    /** The checkout around a folder, which must be in one. */
    static Whereabouts around(Path directory) throws IOException {
        return find(directory).orElseThrow(() -> Refusal.usage(Text.plain(directory.toString(), 300)
                + " is not in the checkout of a git repository: run this in one, or name one with -C PATH"));
    }

    /** The checkout around a folder, if it is in one. */
    static Optional<Whereabouts> find(Path directory) throws IOException {
        var start = directory.toRealPath();
        for (var folder = start; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(".git"), LinkOption.NOFOLLOW_LINKS)) {
                return Optional.of(new Whereabouts(folder, start));
            }
        }
        return Optional.empty();
    }

    /** Those at the top of a checkout, which is known already. */
    static Whereabouts at(Path root) {
        return new Whereabouts(root, root);
    }

    /** The checkout as git knows it; where git can't use it, that is wrong usage. */
    Checkout checkout() {
        return opened(UnaryOperator.identity());
    }

    /** The main checkout of the repository, whichever of its worktrees this is. */
    Checkout mainCheckout() {
        return opened(Checkout::main);
    }

    private Checkout opened(UnaryOperator<Checkout> which) {
        try {
            return which.apply(Checkout.open(Git.onPath(), root));
        } catch (GitFailure e) {
            throw Refusal.usage("git can't use " + Text.plain(root.toString(), 300) + ": " + e.detail());
        }
    }

    /** Whether the team has said anything. */
    boolean hasTeamFile() {
        return Files.exists(root.resolve(TeamConfiguration.FILE), LinkOption.NOFOLLOW_LINKS);
    }

    /** What its {@code .reeve.yml} says and what is wrong with it; the defaults where there is none. */
    Configured<TeamConfiguration> readTeam() throws IOException {
        var file = root.resolve(TeamConfiguration.FILE);
        if (!hasTeamFile()) {
            return TeamConfiguration.read(TeamConfiguration.FILE, new byte[0]);
        }
        if (!Files.isRegularFile(file)) {
            throw Refusal.usage(TeamConfiguration.FILE + " is not a file");
        }
        try (var in = Files.newInputStream(file)) {
            return TeamConfiguration.read(TeamConfiguration.FILE, in.readNBytes(LONGEST));
        }
    }

    /** What its {@code .reeve.yml} says, which must be free of faults. */
    TeamConfiguration team() throws IOException {
        return switch (readTeam()) {
            case Configured.Valid<TeamConfiguration>(var team, _, _) -> team;
            case Configured.Faulty<TeamConfiguration>(var faults, _, _) -> throw Refusal.usage(faults.getFirst()
                    + (faults.size() == 1 ? ""
                            : " (and " + (faults.size() - 1) + " more: reeve config check shows them)"));
        };
    }
}
