package dev.reeve.app;

import dev.reeve.config.ServerConfiguration;
import dev.reeve.git.Checkout;
import dev.reeve.git.CredentialSource;
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
import dev.reeve.reconcile.Replan;
import dev.reeve.store.WorkingTree.Index;
import dev.reeve.work.Site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

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
        var checkout = checkout(name);
        var replan = new Replan(client, tip -> Policies.ofServer(tip, machine.clock().instant()), checkout);
        return new Site(name, client, branch, writer(branch, client, replan), checkout);
    }

    private PushWriter writer(CloneBranch branch, RepositoryClient client, Replan replan) {
        return PushWriter.ofApp(branch, REEVE, machine.clock(), client, replan, machine.checkpoint()::reached);
    }

    private Path folder(RepositoryName name) {
        return root().resolve(name.key() + ".git");
    }

    private Path root() {
        return configuration.storage().dataDir().resolve("clones");
    }

    private String url(RepositoryName name) {
        var server = configuration.github().server().toString();
        return (server.endsWith("/") ? server : server + "/") + name + ".git";
    }

    /** A remote on this machine asks for none, so GitHub isn't asked for a token either. */
    private CredentialSource credentials(RepositoryClient client) {
        URI server = configuration.github().server();
        if ("file".equals(server.getScheme())) {
            return Credentials::none;
        }
        var tokens = client.gitCredentials();
        return new CredentialSource() {
            @Override
            public Credentials get() {
                return Credentials.token(tokens.get());
            }

            @Override
            public boolean renew(Credentials refused) {
                return client.renewGitCredentials(refused::isToken);
            }
        };
    }

    private Optional<Function<TasksRoot, Desk>> checkout(RepositoryName name) {
        return Optional.ofNullable(configuration.checkouts().get(name)).map(path -> {
            var checkout = Checkout.open(git, path);
            return tasks -> new Desk(checkout, _ -> true, tasks, machine.clock(), Index.KEPT);
        });
    }

    /** Has the repository opened anew when it is next needed, as it is spelled then; what is kept of it stays. */
    void reopen(RepositoryName name) {
        sites.remove(name);
    }

    /**
     * Ends the work on a repository and deletes what is kept of it in the data folder. An attached checkout is not touched.
     *
     * @throws IllegalStateException when its folder isn't in the data folder
     */
    void giveUp(RepositoryName name) {
        sites.remove(name);
        var _ = clones.compute(name, (_, clone) -> {
            if (clone != null) {
                clone.remove();
            } else if (Files.exists(folder(name))) {
                requireInside(folder(name));
                ManagedClone.remove(folder(name));
            }
            return null;
        });
        // Who opened it in between has the clone that is gone.
        sites.remove(name);
    }

    private void requireInside(Path folder) {
        try {
            var root = root().toRealPath();
            if (!folder.resolveSibling(".").toRealPath().startsWith(root) || Files.isSymbolicLink(folder)) {
                throw new IllegalStateException(
                        folder + " is not in " + root + ", so it is not deleted: remove it by hand");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " can't be read", e);
        }
    }

    /** Gives up the clones of repositories that another replica found gone. */
    void giveUpAllBut(Set<RepositoryName> known) {
        kept().stream().filter(name -> !known.contains(name)).forEach(this::giveUp);
    }

    /** Whose clones are in the data folder, opened or not. */
    private List<RepositoryName> kept() {
        if (!Files.isDirectory(root())) {
            return List.of();
        }
        try (var folders = Files.find(root(), 2, (path, _) -> path.toString().endsWith(".git"))) {
            return folders.map(path -> root().relativize(path).toString())
                    .map(path -> RepositoryName.parse(path.substring(0, path.length() - ".git".length())))
                    .flatMap(Optional::stream)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(root() + " can't be read", e);
        }
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
