package dev.reeve.doctor;

import dev.reeve.config.Configured;
import dev.reeve.config.TeamConfiguration;
import dev.reeve.github.AppInquiry.Installed;
import dev.reeve.github.GitHubApp;
import dev.reeve.github.RepositoryClient;
import dev.reeve.github.RepositoryInfo;
import dev.reeve.model.BranchName;
import dev.reeve.model.Publish;
import dev.reeve.model.PushRule;
import dev.reeve.model.TaskPath;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether completions can be written in the repositories that the App may see: what {@code .reeve.yml} wants against what rules of the branch ask for that is pushed
 * to. Who may bypass a ruleset, and what classic protection asks for besides checks, isn't shown to an App.
 */
record WritingChecks(GitHubApp gitHub) {

    private static final String CHECK = "writing";
    /** Each takes some six requests. */
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

    private Finding byPullRequest(Place place) {
        var level = place.installed().permissions().getOrDefault("pull_requests", "");
        if (!Set.of("write", "admin").contains(level)) {
            return Finding.error(CHECK,
                    named(place)
                            + " wants completions in a pull request, and the App may not open one: its installation on "
                            + place.installed().account() + " lacks pull_requests: write",
                    "grant it in the App's settings (Permissions & events), then accept it for the installation");
        }
        var client = gitHub.repository(place.repository().name());
        return obstacles(client, BranchName.BOOKKEEPING, EnumSet.allOf(PushRule.Concerns.class))
                .map(why -> Finding.warning(CHECK, named(place) + ": " + why,
                        "take branches called reeve/** out of that rule, or let the App bypass it"))
                .orElseGet(() -> Finding.ok(CHECK,
                        named(place) + ": completions go into a pull request, which the App may open"));
    }

    private Finding byPush(Place place) {
        var client = gitHub.repository(place.repository().name());
        var branch = client.defaultBranch();
        return obstacles(client, branch, EnumSet.of(PushRule.Concerns.EVERY_PUSH))
                .map(why -> Finding.warning(CHECK, named(place) + ": " + why,
                        "put the App on their bypass lists, or set reconcile.publish: pull-request in .reeve.yml; nothing, if completions are pushed all the same"))
                .orElseGet(() -> Finding.ok(CHECK,
                        named(place) + ": no rule keeps completions from being pushed to " + branch
                                + (client.rules(branch).known().contains(PushRule.SIGNATURES)
                                        ? "; it takes signed commits only, which GitHub makes and signs for the App"
                                        : "")));
    }

    /** What may keep the App's pushes from a branch, for people. Commits that have to be signed, GitHub signs. */
    private static Optional<String> obstacles(RepositoryClient client, BranchName branch,
            Set<PushRule.Concerns> concerns) {
        var rules = client.rules(branch);
        var refusing = Stream.concat(rules.known()
                .stream()
                .filter(rule -> rule != PushRule.SIGNATURES && concerns.contains(rule.concerns()))
                .sorted()
                .map(PushRule::words),
                rules.others().stream().sorted().map(type -> "the rule " + type + " holds, which Reeve doesn't know"))
                .collect(Collectors.joining(" and "));
        if (!refusing.isEmpty()) {
            return Optional.of("by rulesets of " + branch + " " + refusing
                    + ", so GitHub refuses the App's push unless the App may bypass them, which GitHub doesn't show");
        }
        return client.classicProtection(branch)
                .map(classic -> branch + " has a classic protection" + (classic.checks().isEmpty() ? ""
                        : " which asks for the checks " + String.join(", ", classic.checks()))
                        + ", and GitHub doesn't show an App what else it asks for: it may refuse the App's push");
    }

    private static String named(Place place) {
        return place.repository().name().toString();
    }
}
