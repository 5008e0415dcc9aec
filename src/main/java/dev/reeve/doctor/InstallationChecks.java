package dev.reeve.doctor;

import dev.reeve.github.AppInquiry.Installed;
import dev.reeve.github.AppInquiry.Registration;
import dev.reeve.github.GitHubApp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the App is installed, and what it may do there.
 *
 * @param asked what it asks for, as far as that is known: what it doesn't even ask for is said of the App, and not of each installation again
 */
record InstallationChecks(GitHubApp gitHub, Needs needs, Optional<Registration> asked) {

    private static final String CHECK = "installation";
    /** The limits of more installations are hardly of interest, and each takes two requests. */
    private static final int MOST_LIMITS = 10;
    private static final int LITTLE_PERCENT = 10;
    private static final String ACCEPT = "accept the App's %s in that account's settings under GitHub Apps";

    List<Finding> findings() {
        var installations = gitHub.inquiry().installations();
        if (installations.isEmpty()) {
            return List.of(Finding.warning(CHECK, "the App is installed nowhere",
                    "install it on the repositories whose tasks Reeve keeps"));
        }
        var findings = new ArrayList<Finding>();
        installations.forEach(one -> findings.addAll(installation(one)));
        installations.stream()
                .filter(one -> !one.suspended())
                .limit(MOST_LIMITS)
                .forEach(one -> findings
                        .addAll(Check.all(List.of(Check.atGitHub("rate limit", () -> List.of(rate(one)))))));
        findings.addAll(new WritingChecks(gitHub).findings(installations.stream().filter(this::works).toList()));
        return findings;
    }

    /** Whether there is more to ask of it than what is wrong with it as a whole. */
    private boolean works(Installed one) {
        return !one.suspended() && needs.missing(one.permissions()).isEmpty();
    }

    private List<Finding> installation(Installed one) {
        if (one.suspended()) {
            return List.of(Finding.error(CHECK,
                    "on " + one.account() + " it is suspended: nothing is read or written there",
                    "resume it in that account's settings under GitHub Apps, or uninstall it"));
        }
        var findings = new ArrayList<Finding>();
        findings.add(needed(one));
        leftOut(one, findings);
        return findings;
    }

    private Finding needed(Installed one) {
        var missing = needs.missing(one.permissions());
        if (!missing.isEmpty()) {
            return Finding.error(CHECK, "on " + one.account() + " it may not " + String.join(", ", missing)
                    + (missing.stream().anyMatch(what -> what.startsWith("contents")) ? ", so it can't push" : ""),
                    ACCEPT.formatted("new permissions"));
        }
        var untold = needs.untold(one.events());
        return untold.isEmpty()
                ? Finding.ok(CHECK, "on " + one.account() + " it may do all that is needed, and push")
                : Finding.warning(CHECK, "on " + one.account() + " it isn't told of " + String.join(", ", untold),
                        ACCEPT.formatted("changes"));
    }

    private void leftOut(Installed one, List<Finding> findings) {
        var permissions = needs.leftOut(one.permissions());
        asked.ifPresent(app -> permissions.keySet().removeAll(needs.leftOut(app.permissions()).keySet()));
        permissions.forEach((what, loss) -> findings.add(Finding.warning(CHECK,
                "on " + one.account() + " it may not " + what + ", so " + loss, ACCEPT.formatted("new permissions"))));
        var events = needs.leftOut(one.events());
        asked.ifPresent(app -> events.keySet().removeAll(needs.leftOut(app.events()).keySet()));
        events.forEach((what, loss) -> findings.add(Finding.warning(CHECK,
                "on " + one.account() + " it isn't told of " + what + ", so " + loss, ACCEPT.formatted("changes"))));
    }

    private Finding rate(Installed one) {
        var rate = gitHub.inquiry().rate(one.id());
        var said = "on " + one.account() + " " + rate.left() + " of " + rate.limit() + " requests are left until "
                + rate.resets();
        return rate.left() * 100 >= rate.limit() * LITTLE_PERCENT ? Finding.ok("rate limit", said)
                : Finding.warning("rate limit", said,
                        "work waits for the limit by itself; if it happens often, look with /metrics what asks so much");
    }
}
