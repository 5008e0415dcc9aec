package dev.reeve.decide;

import dev.reeve.model.PushRule;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What GitHub says when it refuses a push is understood as far as it names its rules. */
class PushRefusalTest {

    @Test
    void aProtectedBranchNamesItsRules() {
        var refusal = PushRefusal
                .of("[remote rejected] (protected branch hook declined); remote: error: GH006: Protected"
                        + " branch update failed for refs/heads/main.; remote: - Commits must have verified signatures.;"
                        + " remote: - Changes must be made through a pull request.");
        assertThat(refusal.rules()).containsExactlyInAnyOrder(PushRule.SIGNATURES, PushRule.PULL_REQUEST);
        assertThat(refusal.isForSignaturesOnly()).isFalse();
        assertThat(refusal.words("main")).contains(
                "main, where changes must be made through a pull request and commits",
                "set reconcile.publish to pull-request");
    }

    @Test
    void aRulesetThatWantsSignaturesOnlyIsKnown() {
        var refusal = PushRefusal
                .of("[remote rejected] (push declined due to repository rule violations); remote: error:"
                        + " GH013: Repository rule violations found for refs/heads/main.; remote: - Commits must have verified signatures.");
        assertThat(refusal.isForSignaturesOnly()).isTrue();
    }

    @Test
    void aMissingPermissionIsNoRule() {
        var refusal = PushRefusal.of("fatal: unable to access: The requested URL returned error: 403");
        assertThat(refusal.rules()).isEmpty();
        assertThat(refusal.words("main")).contains("permission contents: write").doesNotContain("bypass");
    }

    @Test
    void aRuleOfOurOwnBranchIsNoReasonToConfigureAnything() {
        var refusal = PushRefusal
                .of("[remote rejected] (push declined due to repository rule violations); remote: error:"
                        + " GH013: Repository rule violations found for refs/heads/reeve/bookkeeping.; remote: - Cannot force-push to this branch");
        assertThat(refusal.rules()).containsExactly(PushRule.FORCE);
        assertThat(refusal.wordsOfOwn("reeve/bookkeeping"))
                .contains("it can't be force-pushed", "take branches of this name out of the rule")
                .doesNotContain("reconcile.publish");
        assertThat(PushRefusal.of("returned error: 403").wordsOfOwn("reeve/bookkeeping")).contains("contents: write");
    }

    @Test
    void aBranchInTheWayIsNamedAsFarAsGitHubDoes() {
        assertThat(PushRefusal.of("[remote rejected] (failed); remote: error: cannot lock ref"
                + " 'refs/heads/reeve/bookkeeping': 'refs/heads/reeve' exists; cannot create 'refs/heads/reeve/bookkeeping'")
                .wordsOfOwn("reeve/bookkeeping")).contains("beside the branch reeve: rename or delete");
        assertThat(PushRefusal.of("[remote rejected] (directory file conflict)").wordsOfOwn("reeve/bookkeeping"))
                .contains("beside the branch reeve: rename or delete");
    }

    @Test
    void whatIsNotUnderstoodIsShown() {
        assertThat(PushRefusal.of("[remote rejected] (pre-receive hook declined)").words("main"))
                .contains("pre-receive hook declined", "bypass the branch's protection");
    }
}
