package dev.reeve.model;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a person asked for on a check run at GitHub, as the cause of a trigger carries it: {@code forced by bob: button reconcile}.
 *
 * @param person the login of who did it, as GitHub says; whether they may is asked when the work is done
 * @param run the check run that was asked for anew, so that a repeated request makes no second one; null where it isn't known
 */
public record Press(String person, Kind kind, @Nullable Long run) {

    /** What can be asked for there. */
    public enum Kind {
        /** A new check run: <em>Re-run</em>, which GitHub offers to those who may write. */
        RERUN("re-run"),
        /** Our button on a check run: reconcile the tasks of its pull request. */
        RECONCILE("button reconcile"),
        /** Our button on a check run: reconcile the repository as a whole. */
        RECONCILE_ALL("button reconcile-all");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** What a button of ours is called in the API; nothing for what is none. */
        public Optional<String> button() {
            return words.startsWith(BUTTON) ? Optional.of(words.substring(BUTTON.length())) : Optional.empty();
        }

        /** The button that is called so in the API. */
        public static Optional<Kind> ofButton(String identifier) {
            return Arrays.stream(values())
                    .filter(kind -> kind.button().filter(identifier::equals).isPresent())
                    .findFirst();
        }
    }

    private static final String BUTTON = "button ";
    private static final Pattern LOGIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}(\\[bot])?");
    private static final Pattern CAUSE = Pattern
            .compile(
                    "forced by (\\S{1,105}): (re-run|button reconcile|button reconcile-all)(?: of ([1-9][0-9]{0,17}))?");

    /** @throws IllegalArgumentException when no account of GitHub's can be called so */
    public Press {
        if (!isLogin(person)) {
            throw new IllegalArgumentException("not the login of an account: " + Text.quoted(person));
        }
    }

    /** Whether an account of GitHub's may be called so. */
    public static boolean isLogin(String text) {
        return LOGIN.matcher(text).matches();
    }

    /** By what means, as the record of who forced it says: {@code button reconcile}, {@code re-run of 77}. */
    public String how() {
        return kind.words + (run == null ? "" : " of " + run);
    }

    /** As a trigger says it. */
    public String cause() {
        return "forced by " + person + ": " + how();
    }

    /** The same, of this check run. */
    public Press of(long checkRun) {
        return new Press(person, kind, checkRun);
    }

    /** What the trigger says was asked for, if it is that. */
    public static Optional<Press> in(Trigger trigger) {
        var match = CAUSE.matcher(trigger.cause());
        if (!match.matches() || !isLogin(match.group(1))) {
            return Optional.empty();
        }
        var run = match.group(3);
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.words.equals(match.group(2)))
                .findFirst()
                .map(kind -> new Press(match.group(1), kind, run == null ? null : Long.valueOf(run)));
    }
}
