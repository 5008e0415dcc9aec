package dev.reeve.app;

import dev.reeve.config.ServerConfiguration;
import dev.reeve.git.Checkout;
import dev.reeve.git.Credentials;
import dev.reeve.git.Git;
import dev.reeve.git.Identity;
import dev.reeve.git.ManagedClone;
import dev.reeve.github.GitHubApp;
import dev.reeve.github.RepositoryClient;
import dev.reeve.model.RepositoryName;
import dev.reeve.model.TasksRoot;
import dev.reeve.reconcile.CloneBranch;
import dev.reeve.reconcile.Desk;
import dev.reeve.reconcile.PushWriter;
import dev.reeve.store.WorkingTree.Index;
import dev.reeve.work.Site;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The repositories that the server works on, each opened when it is first needed and kept.
 *
 * <p><b>Threading.</b> For any thread.
 */
final class Sites implements AutoCloseable {

    private static final Identity REEVE = new Identity("reeve[bot]", "reeve[bot]@users.noreply.github.com");

    private final ServerConfiguration configuration;
    private final GitHubApp gitHub;
    private final Machine machine;
    private final Git git = Git.onPath();
    private final Map<RepositoryName, ManagedClone> clones = new ConcurrentHashMap<>();
    private final Map<RepositoryName, Site> sites = new ConcurrentHashMap<>();

    Sites(ServerConfiguration configuration, GitHubApp gitHub, Machine machine) {
        this.configuration = configuration;
        this.gitHub = gitHub;
        this.machine = machine;
    }

    /** The repository, opened. */
    Site of(RepositoryName name) {
        return sites.computeIfAbsent(name, this::open);
    }

    private Site open(RepositoryName name) {
        var client = gitHub.repository(name);
        var clone = clones.computeIfAbsent(name,
                _ -> ManagedClone.open(git, folder(name), url(name), credentials(client)));
        var branch = new CloneBranch(clone, client::defaultBranch, machine.clock());
        return new Site(name, client, branch, new PushWriter(branch, REEVE, machine.clock()), checkout(name),
                pages(name));
    }

    private String pages(RepositoryName name) {
        return configuration.listen().publicUrl().map(url -> url + "/tasks/" + name + "/").orElse("");
    }

    private Path folder(RepositoryName name) {
        return configuration.storage().dataDir().resolve("clones").resolve(name.key() + ".git");
    }

    private String url(RepositoryName name) {
        var server = configuration.github().server().toString();
        return (server.endsWith("/") ? server : server + "/") + name + ".git";
    }

    /** A remote on this machine asks for none, so GitHub isn't asked for a token either. */
    private Supplier<Credentials> credentials(RepositoryClient client) {
        URI server = configuration.github().server();
        if ("file".equals(server.getScheme())) {
            return Credentials::none;
        }
        var tokens = client.gitCredentials();
        return () -> Credentials.token(tokens.get());
    }

    private Optional<Function<TasksRoot, Desk>> checkout(RepositoryName name) {
        return Optional.ofNullable(configuration.checkouts().get(name)).map(path -> {
            var checkout = Checkout.open(git, path);
            return tasks -> new Desk(checkout, _ -> true, tasks, machine.clock(), Index.KEPT);
        });
    }

    /** Packs what has gathered in the clones. */
    void maintain() {
        clones.values().forEach(ManagedClone::maintain);
    }

    @Override
    public void close() {
        clones.values().forEach(ManagedClone::close);
    }
}
