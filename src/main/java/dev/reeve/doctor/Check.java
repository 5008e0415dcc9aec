package dev.reeve.doctor;

import dev.reeve.durable.FailureWords;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One check.
 *
 * @param name as findings have it
 * @param remedy what to do when it can't be made
 */
record Check(String name, Look look, String remedy) {

    /** A check of something in a checkout. */
    Check(String name, Look look) {
        this(name, look, "look at the permissions there, and whether git status works here");
    }

    /** A check for which GitHub is asked. */
    static Check atGitHub(String name, Look look) {
        return new Check(name, look,
                "look at the network, the proxy variables and GITHUB_API_URL, or at what GitHub says");
    }

    /** What is done to find something out. */
    @FunctionalInterface
    interface Look {
        List<Finding> at() throws IOException;
    }

    /** What the checks found; a check that fails is a finding, and the others are made all the same. */
    static List<Finding> all(List<Check> checks) {
        var findings = new ArrayList<Finding>();
        checks.forEach(check -> findings.addAll(check.run()));
        return List.copyOf(findings);
    }

    private List<Finding> run() {
        try {
            return look.at();
        } catch (IOException | RuntimeException e) {
            return failed(FailureWords.of(e));
        }
    }

    private List<Finding> failed(String why) {
        return List.of(Finding.error(name, "could not be looked at: " + why, remedy));
    }
}
