package dev.reeve.github;

import dev.reeve.github.GitHubFailure.Kind;
import dev.reeve.kit.Trouble;
import dev.reeve.model.BranchName;
import dev.reeve.model.PushRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class BranchRulesTest extends GitHubTestCase {

    private static final BranchName MAIN = new BranchName("main");
    private static final String RULES = "GET /repos/acme/shop/rules/branches/.*";

    private Set<PushRule> rules() {
        return client.rules(MAIN).known();
    }

    @Test
    void aBranchWithoutRulesetsHasNoRules() {
        assertThat(rules()).isEmpty();
    }

    @Test
    void whatMayKeepAPushOutIsToldAndTheRestIsNot() {
        shop.rules("main",
                List.of("pull_request", "required_signatures", "required_status_checks", "merge_queue", "update",
                        "required_deployments", "workflows", "creation", "non_fast_forward", "deletion",
                        "branch_name_pattern", "required_linear_history", "a_rule_of_next_year\u001b"));
        assertThat(rules()).containsExactlyInAnyOrder(PushRule.values());
        assertThat(client.rules(MAIN).others()).containsExactly("a_rule_of_next_year\\u{1b}");
    }

    @Test
    void ofClassicProtectionItIsKnownThatThereIsOneAndItsChecks() {
        assertThat(client.classicProtection(MAIN)).isEmpty();
        shop.protectClassically("main");
        assertThat(client.classicProtection(MAIN)).contains(new ClassicProtection(List.of()));
        shop.protectClassically("main", "build", "lint");
        assertThat(client.classicProtection(MAIN)).contains(new ClassicProtection(List.of("build", "lint")));
        assertThat(client.classicProtection(new BranchName("reeve/bookkeeping"))).isEmpty();
    }

    /** Not every field has always been there. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"protected\": true}", "{\"protected\": true, \"protection\": null}",
            "{\"protected\": true, \"protection\": {\"enabled\": true}}"})
    void aProtectionOfWhichNothingIsSaidIsOneAllTheSame(String body) {
        github.next("GET .*/branches/main", Trouble.body(200, body));
        assertThat(client.classicProtection(MAIN)).contains(new ClassicProtection(List.of()));
    }

    @Test
    void rulesOfSeveralRulesetsAreOneSet() {
        shop.rules("main", List.of("pull_request", "pull_request"));
        assertThat(rules()).containsExactly(PushRule.PULL_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"task/fix-login", "50%", "a+b&c=d#e", "grün"})
    void aBranchIsOnePartOfTheAddressWhateverItIsCalled(String branch) {
        shop.rules(branch, List.of("pull_request"));
        assertThat(client.rules(new BranchName(branch)).known()).containsExactly(PushRule.PULL_REQUEST);
        assertThat(rules()).isEmpty();
    }

    @Test
    void rulesOfAllPagesCount() {
        github.next(RULES, Trouble.body("[{\"type\": \"update\"}]", "Link",
                "<" + github.apiUrl() + "/repos/acme/shop/rules/branches/main?page=2>; rel=\"next\""));
        shop.rules("main", List.of("pull_request"));
        assertThat(rules()).containsExactlyInAnyOrder(PushRule.RESTRICTED, PushRule.PULL_REQUEST);
    }

    @Test
    void pagesThatNeverEndAreNotFollowedForEver() {
        for (int i = 0; i < 20; i++) {
            github.next(RULES, Trouble.body("[]", "Link", "<https://evil.example/>; rel=\"next\""));
        }
        assertFails(this::rules, "longer than").isEqualTo(new Kind.Malformed());
        assertThat(github.count(RULES)).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{}", "7", "[7]", "[null]", "[{}]", "[{\"type\": 7}]", "[{\"type\": null}]",
            "{\"type\": \"pull_request\"}", "<html>", "[{\"type\": \"pull_request\"}"})
    void whatIsNoListOfRulesIsMalformed(String body) {
        github.next(RULES, Trouble.body(200, body));
        assertFails(this::rules, "rules/branches/main").isEqualTo(new Kind.Malformed());
    }

    @Test
    void aRepositoryThatIsGoneIsNotOneWithoutRules() {
        client.defaultBranch();
        github.next(RULES, Trouble.status(404, "Not Found"));
        assertFails(this::rules).isEqualTo(new Kind.NotFound());
    }

    @Test
    void unchangedRulesCostNothing() {
        shop.rules("main", List.of("pull_request"));
        assertThat(rules()).isEqualTo(rules());
        assertThat(github.requests().getLast().status()).isEqualTo(304);
    }
}
