package dev.reeve.config;

import dev.reeve.model.Text;

import java.util.Optional;

/** A pattern that recognises a usage limit. */
record UsageLimitForm() implements Form<UsageLimitPattern> {

    private static final Form<String> TEXT = Forms.text(500);

    @Override
    public String expected() {
        return "a pattern in RE2's syntax of at most 500 characters";
    }

    @Override
    public Optional<UsageLimitPattern> read(Value value, Complaint wrong) {
        var pattern = TEXT.read(value, wrong).map(UsageLimitPattern::new);
        var fault = pattern.filter(_ -> isWritten(value)).flatMap(UsageLimitPattern::fault);
        fault.ifPresent(
                message -> wrong.about(value,
                        Text.quoted(pattern.map(UsageLimitPattern::text).orElse("")) + " " + message));
        return fault.isPresent() ? Optional.empty() : pattern;
    }

    /** Built-in patterns are right, and commands that have nothing to do with workers need not wait until that is seen. */
    private static boolean isWritten(Value value) {
        return value.source() instanceof Source.InFile;
    }
}
