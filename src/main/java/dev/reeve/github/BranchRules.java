package dev.reeve.github;

import dev.reeve.github.ApiRequest.Method;
import dev.reeve.github.ApiRequest.Repeat;
import dev.reeve.github.GitHubFailure.Kind;
import dev.reeve.model.BranchName;
import dev.reeve.model.PushRule;
import dev.reeve.model.RepositoryName;
import dev.reeve.model.Text;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What holds for a branch, as far as an App is shown it: rulesets in full, of classic protection that there is one and which checks it asks for. */
final class BranchRules {

    /** Rules that keep no commit of ours out: it has one parent, and is no tag. */
    private static final Set<String> HARMLESS = Set.of("required_linear_history", "tag_name_pattern",
            "copilot_code_review");
    private static final int LONGEST = 100;

    private final RepositoryName repository;
    private final ApiCalls calls;

    BranchRules(RepositoryName repository, ApiCalls calls) {
        this.repository = repository;
        this.calls = calls;
    }

    PushRules of(BranchName branch) {
        var known = EnumSet.noneOf(PushRule.class);
        var others = new TreeSet<String>();
        new Pages(calls, "/repos/" + repository + "/rules/branches/" + encoded(branch), Permission.METADATA_READ)
                .all(Fields::each)
                .stream()
                .map(rule -> rule.text("type"))
                .filter(type -> !HARMLESS.contains(type))
                .forEach(type -> PushRule.parse(type)
                        .ifPresentOrElse(known::add, () -> others.add(Text.plain(type, LONGEST))));
        return new PushRules(known, others);
    }

    /** Nothing as well when there is no such branch. */
    Optional<ClassicProtection> classic(BranchName branch) {
        var request = new ApiRequest(Method.GET, "/repos/" + repository + "/branches/" + encoded(branch), null,
                Permission.CONTENTS_WRITE, Repeat.HARMLESS);
        try {
            return protection(calls.exchange(request).fields(request));
        } catch (GitHubFailure failure) {
            if (failure.kind() instanceof Kind.NotFound) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    private static Optional<ClassicProtection> protection(Fields branch) {
        var protection = branch.optionalObject("protection");
        boolean isThere = protection.map(one -> one.flag("enabled")).orElseGet(() -> branch.flag("protected"));
        var checks = protection.flatMap(one -> one.optionalObject("required_status_checks"))
                .filter(one -> !one.optionalText("enforcement_level").orElse("").equals("off"))
                .map(one -> one.words("contexts"))
                .orElse(List.of());
        return isThere
                ? Optional.of(new ClassicProtection(checks.stream().map(name -> Text.plain(name, LONGEST)).toList()))
                : Optional.empty();
    }

    private static String encoded(BranchName branch) {
        return URLEncoder.encode(branch.value(), StandardCharsets.UTF_8).replace("+", "%20");
    }
}
