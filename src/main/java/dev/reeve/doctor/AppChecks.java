package dev.reeve.doctor;

import dev.reeve.config.ServerConfiguration;
import dev.reeve.github.AppInquiry;
import dev.reeve.github.AppInquiry.Installed;
import dev.reeve.github.AppInquiry.Registration;
import dev.reeve.github.AppInquiry.Webhook;

import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What GitHub has on record about the App, against what the server needs. */
record AppChecks(ServerPatient patient, InstantSource clock) {

    private static final String WEBHOOK_PATH = "/webhooks/github";
    /** The limits of more installations are hardly of interest, and each takes two requests. */
    private static final int MOST_LIMITS = 10;
    private static final int LITTLE_PERCENT = 10;
    private static final List<String> LEVELS = List.of("read", "write", "admin");
    private static final String SETTINGS = "in the App's settings (Permissions & events)";

    List<Finding> findings() {
        var findings = new ArrayList<>(Check.all(List.of(Check.atGitHub("key", this::keys))));
        if (findings.stream().allMatch(finding -> finding.level() == Finding.Level.ERROR)) {
            findings.add(Finding.info("app", "webhook and installations were not looked at: that takes a key"));
        } else {
            findings.addAll(Check.all(List.of(Check.atGitHub("app", this::app),
                    Check.atGitHub("webhook", this::webhook),
                    Check.atGitHub("deliveries",
                            () -> List.of(new DeliveryChecks(patient.gitHub().deliveries()).finding())),
                    Check.atGitHub("installation", this::installations))));
        }
        return findings;
    }

    /** All of them are errors when GitHub can't be asked with any. */
    private List<Finding> keys() {
        var keys = patient.gitHub().inquiry().keys();
        boolean works = keys.stream().anyMatch(key -> key.refusal().isEmpty());
        return keys.stream().map(key -> works ? spare(key) : refused(key)).toList();
    }

    private static Finding spare(AppInquiry.Key key) {
        return key.refusal()
                .map(why -> Finding.warning("key", key.fingerprint() + " is not accepted: " + why,
                        "another one is; remove this one from what is configured"))
                .orElseGet(() -> Finding.ok("key", key.fingerprint() + " is accepted"));
    }

    private static Finding refused(AppInquiry.Key key) {
        return Finding.error("key", key.fingerprint() + " is not accepted: " + key.refusal().orElse(""),
                "compare it with the private keys in the App's settings, and the App's id; make a new key there if it was deleted");
    }

    private List<Finding> app() {
        var app = patient.gitHub().inquiry().registration();
        var findings = new ArrayList<Finding>();
        app.githubTime().map(time -> GitHubChecks.time(time, clock.instant())).ifPresent(findings::add);
        findings.addAll(permissions(app));
        findings.addAll(events(app));
        return findings;
    }

    private List<Finding> permissions(Registration app) {
        var missing = missing(app.permissions());
        if (!missing.isEmpty()) {
            return missing.stream()
                    .map(one -> Finding.error("permissions", "the App doesn't ask for " + one,
                            "set it " + SETTINGS + ", then accept it for each installation"))
                    .toList();
        }
        var more = app.permissions()
                .keySet()
                .stream()
                .filter(name -> !patient.needed().permissions().containsKey(name))
                .sorted()
                .toList();
        var fine = Finding.ok("permissions", app.name() + " asks for all that is needed");
        return more.isEmpty() ? List.of(fine)
                : List.of(fine,
                        Finding.info("permissions", "it asks for more than Reeve uses: " + String.join(", ", more),
                                "take it away " + SETTINGS + " unless something else needs it"));
    }

    /** What is needed and not there, {@code contents: write}. */
    private List<String> missing(Map<String, String> granted) {
        return patient.needed()
                .permissions()
                .entrySet()
                .stream()
                .filter(one -> LEVELS.indexOf(granted.getOrDefault(one.getKey(), "")) < LEVELS.indexOf(one.getValue()))
                .map(one -> one.getKey() + ": " + one.getValue())
                .toList();
    }

    private List<Finding> events(Registration app) {
        var missing = patient.needed().events().stream().filter(event -> !app.events().contains(event)).toList();
        return List.of(missing.isEmpty()
                ? Finding.ok("events", "GitHub tells of " + String.join(", ", patient.needed().events()))
                : Finding.error("events", "the App isn't told of " + String.join(", ", missing),
                        "subscribe to them " + SETTINGS));
    }

    private List<Finding> webhook() {
        var hook = patient.gitHub().inquiry().webhook();
        return Stream.concat(Stream.of(address(hook)), secured(hook).stream()).toList();
    }

    private Finding address(Webhook hook) {
        var expected = patient.configuration().listen().publicUrl().map(url -> url + WEBHOOK_PATH);
        if (hook.url().isEmpty()) {
            return Finding.error("webhook", "the App has none, so nothing is delivered",
                    "set it in the App's settings: the server's address with " + WEBHOOK_PATH
                            + " behind it, active, with the configured secret");
        }
        var url = hook.url().get();
        if (expected.isPresent() && !expected.get().equals(url)) {
            return Finding.error("webhook", "GitHub delivers to " + url + ", and this server is at " + expected.get(),
                    "correct the one in the App's settings, or REEVE_PUBLIC_URL");
        }
        return url.endsWith(WEBHOOK_PATH) ? Finding.ok("webhook", "GitHub delivers to " + url)
                : Finding.error("webhook", "GitHub delivers to " + url + ", which is no address of Reeve's",
                        "let it end in " + WEBHOOK_PATH + " in the App's settings");
    }

    private static List<Finding> secured(Webhook hook) {
        var findings = new ArrayList<Finding>();
        findings.add(hook.hasSecret() ? Finding.ok("webhook", "deliveries are signed")
                : Finding.error("webhook", "it has no secret, so all deliveries are refused",
                        "set the configured secret in the App's settings"));
        hook.contentType()
                .filter(type -> !List.of("json", "form").contains(type))
                .ifPresent(type -> findings.add(Finding.error("webhook", "its content type is " + type,
                        "set it to application/json in the App's settings")));
        if (!hook.verifiesTls()
                && hook.url().map(URI::create).map(URI::getScheme).filter("https"::equals).isPresent()) {
            findings.add(Finding.warning("webhook", "GitHub doesn't verify this server's certificate",
                    "enable SSL verification in the App's settings"));
        }
        return findings;
    }

    private List<Finding> installations() {
        var installations = patient.gitHub().inquiry().installations();
        if (installations.isEmpty()) {
            return List.of(Finding.warning("installation", "the App is installed nowhere",
                    "install it on the repositories whose tasks Reeve keeps"));
        }
        var findings = new ArrayList<>(installations.stream().map(this::installation).toList());
        installations.stream()
                .filter(one -> !one.suspended())
                .limit(MOST_LIMITS)
                .forEach(one -> findings
                        .addAll(Check.all(List.of(Check.atGitHub("rate limit", () -> List.of(rate(one)))))));
        findings.addAll(
                new WritingChecks(patient.gitHub()).findings(installations.stream().filter(this::works).toList()));
        return findings;
    }

    /** Whether there is more to ask of it than what is wrong with it as a whole. */
    private boolean works(Installed one) {
        return !one.suspended() && missing(one.permissions()).isEmpty();
    }

    private Finding installation(Installed one) {
        if (one.suspended()) {
            return Finding.error("installation",
                    "on " + one.account() + " it is suspended: nothing is read or written there",
                    "resume it in that account's settings under GitHub Apps, or uninstall it");
        }
        var missing = missing(one.permissions());
        if (!missing.isEmpty()) {
            return Finding.error("installation", "on " + one.account() + " it may not " + String.join(", ", missing)
                    + (missing.stream().anyMatch(what -> what.startsWith("contents")) ? ", so it can't push" : ""),
                    "accept the App's new permissions in that account's settings under GitHub Apps");
        }
        var untold = patient.needed()
                .events()
                .stream()
                .filter(event -> !one.events().contains(event))
                .collect(Collectors.joining(", "));
        return untold.isEmpty()
                ? Finding.ok("installation", "on " + one.account() + " it may do all that is needed, and push")
                : Finding.warning("installation", "on " + one.account() + " it isn't told of " + untold,
                        "accept the App's changes in that account's settings under GitHub Apps");
    }

    private Finding rate(Installed one) {
        var rate = patient.gitHub().inquiry().rate(one.id());
        var said = "on " + one.account() + " " + rate.left() + " of " + rate.limit() + " requests are left until "
                + rate.resets();
        return rate.left() * 100 >= rate.limit() * LITTLE_PERCENT ? Finding.ok("rate limit", said)
                : Finding.warning("rate limit", said,
                        "work waits for the limit by itself; if it happens often, look with /metrics what asks so much");
    }

    /** That there is no App to ask about. */
    static Finding noApp(ServerConfiguration configuration) {
        return Finding.error("app", "no App is configured, and none was set up in " + configuration.storage().dataDir(),
                "start the server (reeve serve) and open /setup, or configure one: docs/operating.md");
    }
}
