package dev.reeve.app;

import dev.reeve.config.AppManifest;
import dev.reeve.config.GitHubAddresses;
import dev.reeve.config.ServerConfiguration;
import dev.reeve.github.Endpoint;
import dev.reeve.github.GitHubFailure;
import dev.reeve.github.NewApp;
import dev.reeve.model.Text;
import dev.reeve.web.Setup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Registers the App that the server will be, saves it, and lets the server go on. As soon as one is saved there is nothing more to set up, whether the server can work with it or not.
 *
 * <p><b>Threading.</b> For any thread; of several that come back from GitHub at once, one sets the server up and the others are refused.
 */
final class FirstSetup implements Setup {

    private static final Logger LOG = LoggerFactory.getLogger(FirstSetup.class);
    private static final int UNGUESSABLE_BYTES = 32;
    private static final URI GITHUB_COM = URI.create("https://github.com");

    private final ServerConfiguration configuration;
    private final Machine machine;
    private final Consumer<ServerConfiguration> configured;
    private final SecureRandom random = new SecureRandom();
    private final UnderWay underWay;
    private volatile boolean open;

    /** @param configured goes on with what is configured by then; throws when that doesn't work */
    FirstSetup(ServerConfiguration configuration, Machine machine, Consumer<ServerConfiguration> configured) {
        this.configuration = configuration;
        this.machine = machine;
        this.configured = configured;
        this.underWay = new UnderWay(machine.clock());
        this.open = configuration.app().isEmpty();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public Suggestion suggestion() {
        var gitHub = GitHubPlace.of(configuration.github());
        return new Suggestion("Reeve", configuration.listen().publicUrl(),
                gitHub.web().equals(GITHUB_COM) ? Optional.empty() : Optional.of(gitHub.web()));
    }

    @Override
    public String unguessable() {
        var bytes = new byte[UNGUESSABLE_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public Registration begin(Wish wish, URI comeBack) {
        var state = unguessable();
        underWay.begin(state, wish);
        var manifest = AppManifest.builtIn();
        return new Registration(action(wish, state), state, ManifestJson.of(manifest, wish, comeBack),
                SetupWords.permissions(manifest), manifest.events(), SetupWords.warning(wish.publicUrl()));
    }

    private static URI action(Wish wish, String state) {
        var path = switch (wish.owner()) {
            case Owner.Person() -> "/settings/apps/new";
            case Owner.Organisation(var name) -> "/organizations/" + name + "/settings/apps/new";
        };
        return URI.create(wish.gitHub() + path + "?state=" + state);
    }

    @Override
    public synchronized Outcome finish(String code, String state, String bound) {
        var wish = underWay.back(state, bound);
        if (wish.isEmpty()) {
            return SetupWords.unexpected();
        }
        if (!open) {
            return SetupWords.tooLate();
        }
        var outcome = finish(code, wish.get());
        if (!(outcome instanceof Outcome.Again)) {
            underWay.end(state);
        }
        return outcome;
    }

    private Outcome finish(String code, Wish wish) {
        try {
            var place = gitHub(wish);
            var app = NewApp.redeem(Endpoint.of(place.api(), configuration.proxies()), code);
            var files = save(app, place, wish);
            open = false;
            underWay.endAll();
            return goOn(app, wish, files);
        } catch (GitHubFailure e) {
            return e.kind() instanceof GitHubFailure.Kind.Unavailable ? SetupWords.unavailable(e)
                    : SetupWords.refused(e);
        } catch (IllegalArgumentException e) {
            return SetupWords.refused(e);
        } catch (IOException e) {
            return SetupWords.notSaved(e);
        }
    }

    private AppFiles save(NewApp app, GitHubAddresses place, Wish wish) throws IOException {
        var files = AppFiles.in(configuration.storage().dataDir(), machine.checkpoint()::reached);
        files.save(app, place, wish.publicUrl(),
                app.webhookSecret().map(secret -> secret.reveal()).orElseGet(this::unguessable));
        LOG.info("GitHub App {} ({}) is registered and saved in {}", Text.quoted(app.name()), app.id(), files.folder());
        return files;
    }

    private Outcome goOn(NewApp app, Wish wish, AppFiles files) {
        try {
            configured.accept(Configurations.valid(configuration.again()));
        } catch (RuntimeException e) {
            LOG.error("the App is saved, but the server can't work with it", e);
            return SetupWords.notWorking(e);
        }
        return new Outcome.Done(app.name(), URI.create(app.page() + "/installations/new"),
                SetupWords.next(app.name(), wish, files));
    }

    private GitHubAddresses gitHub(Wish wish) {
        var place = GitHubPlace.of(configuration.github());
        return wish.gitHub().equals(place.web()) ? configuration.github() : GitHubPlace.at(wish.gitHub());
    }
}
