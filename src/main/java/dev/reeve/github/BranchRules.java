package dev.reeve.github;

import dev.reeve.model.BranchName;
import dev.reeve.model.PushRule;
import dev.reeve.model.RepositoryName;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;

/** The rules of rulesets that hold for a branch. Those of classic branch protection are shown to administrators only, so they aren't among them. */
final class BranchRules {

    private final RepositoryName repository;
    private final ApiCalls calls;

    BranchRules(RepositoryName repository, ApiCalls calls) {
        this.repository = repository;
        this.calls = calls;
    }

    Set<PushRule> of(BranchName branch) {
        var name = URLEncoder.encode(branch.value(), StandardCharsets.UTF_8).replace("+", "%20");
        return new Pages(calls, "/repos/" + repository + "/rules/branches/" + name, Permission.METADATA_READ)
                .all(Fields::each)
                .stream()
                .flatMap(rule -> PushRule.parse(rule.text("type")).stream())
                .collect(Collectors.toUnmodifiableSet());
    }
}
