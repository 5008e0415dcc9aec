package dev.reeve.app;

import dev.reeve.config.AgentConfiguration;
import dev.reeve.git.Checkout;
import dev.reeve.git.Credentials;
import dev.reeve.git.Git;
import dev.reeve.git.Identity;
import dev.reeve.git.ManagedClone;
import dev.reeve.git.Remote;
import dev.reeve.model.BranchName;
import dev.reeve.reconcile.Again;
import dev.reeve.reconcile.CloneBranch;
import dev.reeve.reconcile.PushWriter;
import dev.reeve.reconcile.Rewrite;
import dev.reeve.reconcile.TaskWriter;

import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Pushes task files for an operator whose team publishes by {@code push}: from a small clone of its own in the folder {@code reeve} of the checkout's git folder, so
 * that working tree, index and branches stay as they are. The commits carry the operator's name. Nothing is opened before something is to be
 * written.
 *
 * @param branch the default branch
 * @param token the token that GitHub asks for
 */
record OperatorsPush(Checkout checkout, AgentConfiguration agent, BranchName branch, Supplier<Optional<String>> token,
        InstantSource clock) implements TaskWriter {

    @Override
    public List<Written> write(List<Rewrite> rewrites) {
        var origin = checkout.origin();
        var credentials = credentials();
        if (origin.isEmpty() || credentials.isEmpty()) {
            var why = origin.isEmpty() ? "there is no remote origin, or it is no repository on GitHub"
                    : "there is no token: set GITHUB_TOKEN, or log in with gh auth login";
            return Collections.nCopies(rewrites.size(),
                    new Written.Failed("it can't be pushed (reconcile.publish: push): " + why, Again.NEEDS_A_PERSON));
        }
        var folder = checkout.commonFolder().resolve("reeve").resolve("clone.git");
        try (var clone = ManagedClone.open(Git.onPath(), folder, url(origin.get()), credentials::get)) {
            return new PushWriter(new CloneBranch(clone, () -> branch, clock), identity(), clock).write(rewrites);
        }
    }

    private Optional<Credentials> credentials() {
        return "file".equals(agent.github().server().getScheme()) ? Optional.of(Credentials.none())
                : token.get().map(Credentials::token);
    }

    private String url(Remote origin) {
        return agent.github().server() + "/" + origin.repository() + ".git";
    }

    private Identity identity() {
        var email = checkout.userEmail().orElse(agent.owner() + "@localhost");
        return new Identity(checkout.config("user.name").orElse(agent.owner().value()), email);
    }
}
