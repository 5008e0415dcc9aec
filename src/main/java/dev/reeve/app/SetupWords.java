package dev.reeve.app;

import dev.reeve.config.AppManifest;
import dev.reeve.durable.FailureWords;
import dev.reeve.github.GitHubFailure;
import dev.reeve.model.Loopback;
import dev.reeve.model.Text;
import dev.reeve.web.Setup.Outcome;
import dev.reeve.web.Setup.Wish;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What people are told while the server is set up. */
final class SetupWords {

    private static final int LONGEST = 500;

    private SetupWords() {}

    static List<String> permissions(AppManifest manifest) {
        return manifest.permissions().entrySet().stream().map(SetupWords::permission).toList();
    }

    private static String permission(Map.Entry<String, String> one) {
        return one.getKey() + ": " + one.getValue();
    }

    /** What won't work; empty when all will. */
    static String warning(URI publicUrl) {
        return Loopback.is(publicUrl) ? "GitHub can’t reach " + publicUrl
                + ": the App is registered without a webhook and without its events, and nothing is delivered."
                : "";
    }

    static Outcome.Refused unexpected() {
        return new Outcome.Refused("This is no answer to a set-up that was begun in this browser within the last hour."
                + " If an App was registered meanwhile, delete it at GitHub.");
    }

    static Outcome.Refused tooLate() {
        return new Outcome.Refused("An App is configured already.");
    }

    static Outcome.Again unavailable(GitHubFailure failure) {
        return new Outcome.Again(said(failure)
                + " The App is registered there, and for an hour GitHub hands out its key: try again, by this button or by loading this page again.");
    }

    static Outcome.Refused refused(RuntimeException failure) {
        return new Outcome.Refused(said(failure) + " If GitHub shows the App, delete it there.");
    }

    private static String said(RuntimeException failure) {
        return Text.plain(String.valueOf(failure.getMessage()), LONGEST);
    }

    static Outcome.Refused notSaved(IOException failure) {
        return new Outcome.Refused("The App is registered, but could not be saved: "
                + Text.plain(FailureWords.of(failure), LONGEST)
                + ". Delete it at GitHub, mend that, and begin again.");
    }

    static Outcome.Refused notWorking(RuntimeException failure) {
        return new Outcome.Refused("The App is registered and saved, but the server can’t work with it: "
                + Text.plain(FailureWords.of(failure), LONGEST)
                + ". Mend that and start the server again; it will find the App. Don’t register another one.");
    }

    static List<String> next(String name, Wish wish, AppFiles files) {
        var next = new ArrayList<String>();
        if (Loopback.is(wish.publicUrl())) {
            next.add(
                    "Nothing is delivered to an address of this machine. When the server has a public one, set the webhook in the App’s settings: that address with"
                            + " /webhooks/github behind it, and as its secret what is in " + files.webhookSecret()
                            + ". Then subscribe there, under Permissions & events, to "
                            + String.join(", ", AppManifest.builtIn().events())
                            + ". Set REEVE_PUBLIC_URL to the new address, and REEVE_ADMIN_TOKEN.");
        }
        next.add("If a default branch is protected, let " + name + " push to it: in the ruleset’s bypass list.");
        next.add("Open a pull request for a task: a check of Reeve’s says what merging it will do.");
        next.add("reeve doctor --server looks whether everything is right, and says what to do where it isn’t.");
        next.add("Keep a copy of " + files.folder() + " in a safe place: it holds the App’s key.");
        return next;
    }
}
