package dev.reeve.app;

import dev.reeve.config.AppManifest;
import dev.reeve.config.GitHubAddresses;
import dev.reeve.config.ServerConfiguration;
import dev.reeve.durable.FailureWords;
import dev.reeve.github.Endpoint;
import dev.reeve.github.GitHubFailure;
import dev.reeve.github.NewApp;
import dev.reeve.model.Text;
import dev.reeve.web.Setup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/**
 * Registers the App that the server will be, saves it, and lets the server go on.
 *
 * <p><b>Threading.</b> For any thread; of several that come back from GitHub at once, one sets the server up and the others are refused.
 */
final class FirstSetup implements Setup {

    private static final Logger LOG = LoggerFactory.getLogger(FirstSetup.class);
    private static final int UNGUESSABLE_BYTES = 32;
    private static final int MOST_UNDER_WAY = 100;
    private static final URI GITHUB_COM = URI.create("https://github.com");

    private final ServerConfiguration configuration;
    private final Machine machine;
    private final Consumer<ServerConfiguration> configured;
    private final SecureRandom random = new SecureRandom();
    private final ConcurrentMap<String, UnderWay> underWay = new ConcurrentHashMap<>();
    private volatile boolean open;

    /** Somebody who was sent to GitHub and isn't back yet. */
    private record UnderWay(Wish wish, Instant until) {}

    /** @param configured goes on with what is configured by then; throws when that doesn't work */
    FirstSetup(ServerConfiguration configuration, Machine machine, Consumer<ServerConfiguration> configured) {
        this.configuration = configuration;
        this.machine = machine;
        this.configured = configured;
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
        var now = machine.clock().instant();
        underWay.values().removeIf(one -> !now.isBefore(one.until()));
        if (underWay.size() >= MOST_UNDER_WAY) {
            // The oldest has waited longest for somebody who won't come.
            underWay.entrySet()
                    .stream()
                    .min(Map.Entry.comparingByValue((a, b) -> a.until().compareTo(b.until())))
                    .ifPresent(oldest -> underWay.remove(oldest.getKey()));
        }
        var state = unguessable();
        underWay.put(state, new UnderWay(wish, now.plus(PATIENCE)));
        var manifest = AppManifest.builtIn();
        return new Registration(action(wish, state), state, ManifestJson.of(manifest, wish, comeBack),
                manifest.permissions().entrySet().stream().map(one -> one.getKey() + ": " + one.getValue()).toList(),
                manifest.events(), ManifestJson.isReachable(wish.publicUrl()) ? ""
                        : "GitHub can’t reach " + wish.publicUrl()
                                + ": the App is registered without a webhook, and nothing is delivered.");
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
        var expected = Optional.ofNullable(underWay.remove(state));
        if (expected.isEmpty() || !machine.clock().instant().isBefore(expected.get().until()) || !same(state, bound)) {
            return new Outcome.Refused(
                    "This is no answer to a set-up that was begun in this browser within the last hour."
                            + " If an App was registered meanwhile, delete it at GitHub.");
        }
        if (!open) {
            return new Outcome.Refused("An App is configured already.");
        }
        try {
            return finish(code, expected.get().wish());
        } catch (GitHubFailure | IllegalArgumentException e) {
            return new Outcome.Refused(Text.plain(String.valueOf(e.getMessage()), 500)
                    + " If GitHub shows the App, delete it there.");
        } catch (IOException e) {
            return new Outcome.Refused(
                    "The App is registered, but could not be saved: " + Text.plain(FailureWords.of(e), 300)
                            + ". Delete it at GitHub, mend that, and begin again.");
        }
    }

    private static boolean same(String state, String bound) {
        return MessageDigest.isEqual(state.getBytes(StandardCharsets.UTF_8), bound.getBytes(StandardCharsets.UTF_8));
    }

    private Outcome finish(String code, Wish wish) throws IOException {
        var place = gitHub(wish);
        var app = NewApp.redeem(Endpoint.of(place.api(), configuration.proxies()), code);
        var files = AppFiles.in(configuration.storage().dataDir());
        files.save(app, place, wish.publicUrl(),
                app.webhookSecret().map(secret -> secret.reveal()).orElseGet(this::unguessable));
        LOG.info("GitHub App {} ({}) is registered and saved in {}", Text.quoted(app.name()), app.id(), files.folder());
        return goOn(app, wish, files);
    }

    private Outcome goOn(NewApp app, Wish wish, AppFiles files) {
        try {
            configured.accept(Configurations.valid(configuration.again()));
        } catch (RuntimeException e) {
            LOG.error("the App is saved, but the server can't work with it", e);
            return new Outcome.Refused("The App is registered and saved, but the server can’t work with it: "
                    + Text.plain(FailureWords.of(e), 500) + ". Mend that and start it again; it will find the App.");
        }
        open = false;
        underWay.clear();
        return new Outcome.Done(app.name(), URI.create(app.page() + "/installations/new"), next(app, wish, files));
    }

    private GitHubAddresses gitHub(Wish wish) {
        var place = GitHubPlace.of(configuration.github());
        return wish.gitHub().equals(place.web()) ? configuration.github() : GitHubPlace.at(wish.gitHub());
    }

    private List<String> next(NewApp app, Wish wish, AppFiles files) {
        var next = new ArrayList<String>();
        if (!ManifestJson.isReachable(wish.publicUrl())) {
            next.add(
                    "Nothing is delivered to an address of this machine. When the server has a public one, set the webhook in the App’s settings: that address with"
                            + " /webhooks/github behind it, and as its secret what is in " + files.webhookSecret()
                            + ".");
        }
        next.add("If a default branch is protected, let " + app.name() + " push to it: in the ruleset’s bypass list.");
        next.add("Open a pull request for a task: a check of Reeve’s says what merging it will do.");
        next.add("reeve doctor --server looks whether everything is right, and says what to do where it isn’t.");
        next.add("Keep a copy of " + files.folder() + " in a safe place: it holds the App’s key.");
        return next;
    }
}
