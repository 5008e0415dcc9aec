package dev.reeve.agent;

import java.util.Optional;

/** How a lookup ended. */
sealed interface Outcome {

    /**
     * GitHub answered.
     *
     * @param trouble why not everything could be asked for, where that is so
     */
    record Asked(Known known, Optional<String> trouble) implements Outcome {}

    /** It could not be asked this time, which may help itself. */
    record Failed(String reason) implements Outcome {}

    /** It can't be asked until a person does something. */
    record NeedsAPerson(String reason) implements Outcome {}

    /** It is not to be asked. */
    record SwitchedOff(String reason) implements Outcome {}

    /** Why it could not be asked, or not for everything. */
    default Optional<String> failure() {
        return switch (this) {
            case Asked asked -> asked.trouble();
            case Failed(var reason) -> Optional.of(reason);
            case NeedsAPerson(var reason) -> Optional.of(reason);
            case SwitchedOff _ -> Optional.empty();
        };
    }
}
