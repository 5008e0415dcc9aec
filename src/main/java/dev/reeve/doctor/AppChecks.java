package dev.reeve.doctor;

import dev.reeve.config.ServerConfiguration;
import dev.reeve.github.AppInquiry;
import dev.reeve.github.AppInquiry.Registration;
import dev.reeve.github.GitHubApp;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What GitHub has on record about the App, against what the server needs. */
record AppChecks(ServerPatient patient, GitHubApp gitHub, InstantSource clock) {

    private static final String SETTINGS = "in the App's settings (Permissions & events)";

    List<Finding> findings() {
        var findings = new ArrayList<>(Check.all(List.of(Check.atGitHub("key", this::keys))));
        if (findings.stream().noneMatch(finding -> finding.check().equals("key") && isUsable(finding))) {
            findings.add(Finding.info("app", "webhook and installations were not looked at: that takes a key"));
            return findings;
        }
        var registered = new ArrayList<Registration>();
        findings.addAll(Check.all(List.of(Check.atGitHub("app", () -> app(registered)),
                Check.atGitHub("webhook", () -> new WebhookChecks(patient.configuration().listen())
                        .findings(gitHub.inquiry().webhook())),
                Check.atGitHub("deliveries", () -> List.of(new DeliveryChecks(gitHub.deliveries()).finding())),
                Check.atGitHub("installation", () -> new InstallationChecks(gitHub, needs(),
                        registered.stream().findFirst()).findings()))));
        return findings;
    }

    private static boolean isUsable(Finding finding) {
        return finding.level() != Finding.Level.ERROR;
    }

    private Needs needs() {
        return new Needs(patient.needed());
    }

    /** All of them are errors when GitHub can't be asked with any. The time comes with every answer, also with one that refuses a key, for which it may be the reason. */
    private List<Finding> keys() {
        var keys = gitHub.inquiry().keys();
        boolean works = keys.stream().anyMatch(key -> key.refusal().isEmpty());
        var findings = new ArrayList<Finding>();
        keys.forEach(key -> findings.add(works ? spare(key) : refused(key)));
        keys.stream()
                .map(AppInquiry.Key::clockError)
                .flatMap(Optional::stream)
                .findFirst()
                .ifPresent(error -> findings.add(clock(error)));
        return findings;
    }

    private Finding clock(Duration gitHubAhead) {
        var now = clock.instant();
        return GitHubChecks.time(now.plus(gitHubAhead), now);
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

    /** @param registered takes what GitHub has on record */
    private List<Finding> app(List<Registration> registered) {
        var app = gitHub.inquiry().registration();
        registered.add(app);
        var findings = new ArrayList<>(permissions(app));
        findings.addAll(events(app));
        return findings;
    }

    private List<Finding> permissions(Registration app) {
        var findings = new ArrayList<Finding>();
        var missing = needs().missing(app.permissions());
        missing.forEach(one -> findings.add(Finding.error("permissions", "the App doesn't ask for " + one,
                "set it " + SETTINGS + ", then accept it for each installation")));
        if (missing.isEmpty()) {
            findings.add(Finding.ok("permissions", app.name() + " asks for all that is needed"));
        }
        needs().leftOut(app.permissions())
                .forEach((one, loss) -> findings.add(Finding.warning("permissions",
                        "the App doesn't ask for " + one + ", so " + loss,
                        "where you want that, set it " + SETTINGS + ", then accept it for each installation")));
        more(app).ifPresent(findings::add);
        return findings;
    }

    private Optional<Finding> more(Registration app) {
        var more = app.permissions()
                .keySet()
                .stream()
                .filter(name -> !patient.needed().permissions().containsKey(name))
                .sorted()
                .toList();
        return more.isEmpty() ? Optional.empty()
                : Optional
                        .of(Finding.info("permissions", "it asks for more than Reeve uses: " + String.join(", ", more),
                                "take it away " + SETTINGS + " unless something else needs it"));
    }

    private List<Finding> events(Registration app) {
        var findings = new ArrayList<Finding>();
        var untold = needs().untold(app.events());
        findings.add(untold.isEmpty()
                ? Finding.ok("events",
                        "GitHub tells of " + String.join(", ",
                                patient.needed().events().stream().filter(app.events()::contains).toList()))
                : Finding.error("events", "the App isn't told of " + String.join(", ", untold),
                        "subscribe to them " + SETTINGS));
        needs().leftOut(app.events())
                .forEach((event, loss) -> findings.add(Finding.warning("events",
                        "the App isn't told of " + event + ", so " + loss,
                        "where you want that, subscribe to it " + SETTINGS)));
        return findings;
    }

    /** That there is no App to ask about. */
    static Finding noApp(ServerConfiguration configuration) {
        return Finding.error("app", "no App is configured, and none was set up in " + configuration.storage().dataDir(),
                "start the server (reeve serve) and open /setup, or configure one: docs/operating.md");
    }
}
