package dev.reeve.github;

import dev.reeve.model.PullRequestStanding.Reviews;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the reviews of a pull request come to: the last word of each reviewer counts, unless that one was asked again since. A comment is no word, a dismissed
 * review takes back what its author said, and authors don't review themselves.
 */
final class ReviewWords {

    /** Who reviewed and has no account any more. */
    private static final long GHOST = 0;

    private enum Word {
        APPROVES, WANTS_CHANGES, NOTHING
    }

    private record Review(long reviewer, String login, Word word) {}

    private ReviewWords() {}

    /**
     * The verdict.
     *
     * @param pull the pull request, which says who is asked for a review now
     * @param reviews all of them, oldest first, as GitHub lists them
     */
    static Reviews of(Fields pull, List<Fields> reviews) {
        var asked = pull.each("requested_reviewers").map(one -> one.id("id")).collect(Collectors.toSet());
        var last = lastWords(reviews);
        pull.optionalObject("user").map(user -> user.id("id")).ifPresent(last::remove);
        boolean isAsked = !asked.isEmpty() || pull.each("requested_teams").findAny().isPresent();
        return verdict(last.values(), asked, isAsked ? Asked.SOMEBODY : Asked.NOBODY);
    }

    private enum Asked {
        SOMEBODY, NOBODY
    }

    private static Reviews verdict(Collection<Review> last, Set<Long> asked, Asked whoever) {
        var against = last.stream()
                .filter(one -> one.word() == Word.WANTS_CHANGES && !asked.contains(one.reviewer()))
                .map(Review::login)
                .toList();
        if (!against.isEmpty()) {
            return new Reviews.ChangesRequested(CheckTally.shown(against));
        }
        boolean approved = last.stream().anyMatch(one -> one.word() == Word.APPROVES);
        return approved && whoever == Asked.NOBODY ? new Reviews.Approved() : new Reviews.Pending();
    }

    private static Map<Long, Review> lastWords(List<Fields> reviews) {
        var last = new LinkedHashMap<Long, Review>();
        for (var fields : reviews) {
            var state = fields.text("state");
            if (!state.equals("COMMENTED") && !state.equals("PENDING")) {
                var review = review(fields, word(state));
                last.put(review.reviewer(), review);
            }
        }
        return last;
    }

    private static Review review(Fields fields, Word word) {
        return fields.optionalObject("user")
                .map(user -> new Review(user.id("id"), user.text("login"), word))
                .orElseGet(() -> new Review(GHOST, "ghost", word));
    }

    private static Word word(String state) {
        return switch (state) {
            case "APPROVED" -> Word.APPROVES;
            case "CHANGES_REQUESTED" -> Word.WANTS_CHANGES;
            // DISMISSED, and whatever GitHub may add.
            default -> Word.NOTHING;
        };
    }
}
