package dev.reeve.decide;

import dev.reeve.model.BeatFacts;
import dev.reeve.model.Run;
import dev.reeve.model.Text;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was recorded of a task's last run, as the end of a sentence about it. A worker's words are in quotes, since they are nothing more. */
final class RunWords {

    private static final int LONGEST = 200;

    private RunWords() {}

    /** Why it ended as it did and what its worker says, after a colon; nothing when neither was recorded. */
    static String account(BeatFacts facts) {
        return RunStanding.last(facts).map(Run::account).map(RunWords::words).orElse("");
    }

    private static String words(Run.Account account) {
        var words = Stream
                .of(Optional.ofNullable(account.reason()).map(reason -> Text.plain(reason, LONGEST)),
                        Optional.ofNullable(account.claimed())
                                .filter(_ -> account.reason() == null)
                                .map(claimed -> "its worker had said " + Text.plain(claimed, 40)),
                        Optional.ofNullable(account.summary()).map(Text::quoted))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("; "));
        return words.isEmpty() ? "" : ": " + words;
    }

    /** How many follow-ups wait for a run, after a comma; nothing when none does. */
    static String pending(BeatFacts facts) {
        int pending = RunStanding.last(facts).map(Run::pendingUpdates).orElse(0);
        return switch (pending) {
            case 0 -> "";
            case 1 -> ", and a follow-up waits";
            default -> ", and " + pending + " follow-ups wait";
        };
    }
}
