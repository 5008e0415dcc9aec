package dev.reeve.doctor;

import java.util.List;
import java.util.stream.Stream;

/**
 * A push that GitHub has refused, and for which the work was given up.
 *
 * @param work what it was for, {@code acme/shop task/fix-login}
 * @param words what happened and what to do
 */
public record RefusedPush(String repository, String work, String words) {

    private static final String CHECK = "pushes";
    private static final int MOST = 10;

    static List<Finding> findings(List<RefusedPush> refused) {
        var told = refused.stream()
                .limit(MOST)
                .map(one -> Finding.warning(CHECK, one.work() + " was given up: " + one.words(),
                        "do what it says, then: reeve queue replay " + one.repository()));
        return refused.isEmpty() ? List.of(Finding.ok(CHECK, "no work was given up for a push that GitHub refused"))
                : Stream.concat(told, refused.size() > MOST
                        ? Stream.of(Finding.info(CHECK, "and " + (refused.size() - MOST)
                                + " more, which reeve queue list --state dead shows"))
                        : Stream.of()).toList();
    }
}
