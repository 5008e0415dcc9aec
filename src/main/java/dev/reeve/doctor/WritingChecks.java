package dev.reeve.doctor;

import dev.reeve.config.Configured;
import dev.reeve.config.TeamConfiguration;
import dev.reeve.github.AppInquiry.Installed;
import dev.reeve.github.GitHubApp;
import dev.reeve.github.RepositoryInfo;
import dev.reeve.model.Publish;
import dev.reeve.model.PushRule;
import dev.reeve.model.TaskPath;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether completions can be written in the repositories that the App may see: what {@code .reeve.yml} wants against what rulesets of the default branch ask for.
 * Who may bypass a ruleset, and what classic protection asks for, isn't shown to an App.
 */
record WritingChecks(GitHubApp gitHub) {

    private static final String CHECK = "writing";
    /** Each takes some five requests. */
    private static final int MOST = 20;
    private static final TaskPath SETTINGS = new TaskPath(TeamConfiguration.FILE);

    /** A repository, and the App on the account that has it. */
    private record Place(RepositoryInfo repository, Installed installed) {}

    /** @param installations those that work as a whole */
    List<Finding> findings(List<Installed> installations) {
        var places = new ArrayList<Place>();
        var findings = new ArrayList<>(
                Check.all(installations.stream().map(one -> Check.atGitHub(CHECK, () -> list(one, places))).toList()));
        findings.addAll(Check.all(places.stream()
                .limit(MOST)
                .map(place -> Check.atGitHub(CHECK, () -> List.of(look(place))))
                .toList()));
        if (places.size() > MOST) {
            findings.add(Finding.info(CHECK,
                    "the App sees more repositories than that: only the first " + MOST + " were looked at"));
        }
        if (!places.isEmpty()) {
            findings.add(Finding.info(CHECK,
                    "classic branch protection isn't shown to an App: a push that it refuses shows on the check run of the merged pull request"));
        }
        return findings;
    }

    private List<Finding> list(Installed one, List<Place> places) {
        if (places.size() <= MOST) {
            gitHub.installations().repositories(one.id()).forEach(found -> places.add(new Place(found, one)));
        }
        return List.of();
    }

    private Finding look(Place place) {
        return switch (place.repository().condition()) {
            case ARCHIVED -> Finding.info(CHECK, named(place) + " is archived: nothing is written there",
                    "unarchive it, or take it out of the installation");
            case ACTIVE -> lookAtActive(place);
        };
    }

    private Finding lookAtActive(Place place) {
        var file = gitHub.repository(place.repository().name()).file(SETTINGS);
        return switch (TeamConfiguration.read(TeamConfiguration.FILE, file.orElse(new byte[0]))) {
            case Configured.Faulty<TeamConfiguration>(var faults, var _, var _) -> Finding.error(CHECK,
                    named(place) + " has a broken .reeve.yml, so nothing is completed there: "
                            + faults.getFirst(),
                    "correct it on the default branch; reeve config check names all that is wrong");
            case Configured.Valid<TeamConfiguration>(var team, var _, var _) -> byWish(place, team.publishOfServer());
        };
    }

    private Finding byWish(Place place, Publish publish) {
        return switch (publish) {
            case NONE -> Finding.ok(CHECK, named(place) + ": the server writes nothing, by reconcile.publish: none");
            case PULL_REQUEST -> byPullRequest(place);
            // The server never writes into a working tree.
            case WORKTREE, PUSH -> byPush(place);
        };
    }

    private static Finding byPullRequest(Place place) {
        var level = place.installed().permissions().getOrDefault("pull_requests", "");
        return Set.of("write", "admin").contains(level)
                ? Finding.ok(CHECK, named(place) + ": completions go into a pull request, which the App may open")
                : Finding.error(CHECK,
                        named(place)
                                + " wants completions in a pull request, and the App may not open one: its installation on "
                                + place.installed().account() + " lacks pull_requests: write",
                        "grant it in the App's settings (Permissions & events), then accept it for the installation");
    }

    private Finding byPush(Place place) {
        var client = gitHub.repository(place.repository().name());
        var branch = client.defaultBranch();
        var rules = client.rules(branch);
        var refusing = EnumSet.noneOf(PushRule.class);
        refusing.addAll(rules);
        refusing.remove(PushRule.SIGNATURES);
        if (!refusing.isEmpty()) {
            return Finding.warning(CHECK,
                    named(place) + ": by rulesets of " + branch + " "
                            + refusing.stream().map(PushRule::words).collect(Collectors.joining(" and "))
                            + ", so GitHub refuses the App's push unless the App may bypass them, which GitHub doesn't show",
                    "put the App on their bypass lists, or set reconcile.publish: pull-request in .reeve.yml");
        }
        return Finding.ok(CHECK, named(place) + ": no ruleset keeps completions from being pushed to " + branch
                + (rules.isEmpty() ? "" : "; it takes signed commits only, which GitHub makes and signs for the App"));
    }

    private static String named(Place place) {
        return place.repository().name().toString();
    }
}
