package dev.reeve.git;

import dev.reeve.model.BranchName;
import dev.reeve.model.Sha;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What a checkout knows as {@code origin}. */
final class Origin {

    private final Git git;
    private final Path root;
    private final Supplier<Credentials> credentials;

    Origin(Git git, Path root, Supplier<Credentials> credentials) {
        this.git = git;
        this.root = root;
        this.credentials = credentials;
    }

    /** Nothing when there is no such remote, or it is a local path. */
    Optional<Remote> remote() {
        return url().flatMap(Remote::parse);
    }

    /** It may hold a password, so it stays in here. */
    private Optional<String> url() {
        var output = git.in(root).accept(1, 2, 128).run("remote", "get-url", "origin");
        return output.exitCode() == 0 ? Optional.of(output.line()) : Optional.empty();
    }

    static String tracking(BranchName branch) {
        return "refs/remotes/origin/" + branch;
    }

    Optional<Sha> tip(BranchName branch) {
        var output = git.in(root)
                .accept(1, 128)
                .run("rev-parse", "--verify", "--quiet", "--end-of-options", tracking(branch) + "^{commit}");
        return Sha.parse(output.line());
    }

    FetchResult fetch(BranchName branch) {
        var previous = tip(branch);
        var output = command().accept(1, 128)
                .run("fetch", "--no-tags", "--no-progress", "--no-prune", "--no-auto-maintenance",
                        "--no-recurse-submodules", "--no-write-fetch-head", "--refmap=", "origin",
                        "+" + branch.ref() + ":" + tracking(branch));
        if (output.exitCode() == 0) {
            var tip = tip(branch).orElseThrow(() -> new GitFailure(GitFailure.Kind.OTHER, "fetch", -1,
                    "the fetched branch is gone again"));
            return new FetchResult.Fetched(tip, previous, FetchResult.Movement.of(previous, tip, output.errors()));
        }
        if (output.errors().contains("couldn't find remote ref")) {
            return new FetchResult.Missing();
        }
        throw GitFailure.of("fetch", output.exitCode(), output.errors());
    }

    /** As {@link Checkout#pullRequestRefs} says. */
    PullRequestRefs pullRequests(Optional<Integer> number) {
        try {
            var found = new HashMap<Sha, Integer>();
            command().run("ls-remote", "origin", "refs/pull/" + number.map(Object::toString).orElse("*") + "/head")
                    .lines()
                    .map(line -> line.split("\t", -1))
                    .filter(ref -> ref.length == 2 && ref[1].matches("refs/pull/[1-9][0-9]{0,8}/head"))
                    .forEach(ref -> Sha.parse(ref[0])
                            .ifPresent(sha -> found.merge(sha, Integer.valueOf(ref[1].split("/", -1)[2]), Math::max)));
            return new PullRequestRefs.Listed(Map.copyOf(found));
        } catch (GitFailure e) {
            return new PullRequestRefs.Unknown(String.valueOf(e.getMessage()));
        }
    }

    /** A command that may talk to the remote. */
    Command command() {
        var command = git.in(root).overNetwork();
        var given = credentials.get();
        return given.header().isEmpty()
                ? command
                : url().filter(url -> url.startsWith("http"))
                        .map((Function<String, Command>) url -> command.credentials(url, given))
                        .orElse(command);
    }
}
