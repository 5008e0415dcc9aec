package dev.reeve.config;

import dev.reeve.model.Pass;
import dev.reeve.model.Text;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The name of a pass of the heartbeat that can be switched off, as {@code metadata_drift}. */
record PassForm() implements Form<Pass> {

    private static final List<String> NAMES = Arrays.stream(Pass.values()).map(Pass::id).toList();

    @Override
    public String expected() {
        return "one of " + String.join(", ", NAMES);
    }

    @Override
    public Optional<Pass> read(Value value, Complaint wrong) {
        if (!(value instanceof Value.Scalar(var text, _))) {
            wrong.about(value, "must be " + expected() + ", not a list or keys");
            return Optional.empty();
        }
        var pass = Pass.parse(text.strip());
        if (pass.isEmpty()) {
            wrong.about(value, Text.quoted(text) + " is not a pass: " + Nearest.to(text.strip(), NAMES)
                    .map(near -> "did you mean " + near + "?")
                    .orElse("write " + expected()));
        }
        return pass;
    }
}
