package dev.reeve.cli;

import dev.reeve.model.Slug;
import dev.reeve.model.Text;

import java.util.List;

/** The tasks that arguments name. */
final class Slugs {

    private Slugs() {}

    /** The slug that an argument is. */
    static Slug of(String argument) {
        return Slug.parse(argument)
                .orElseThrow(() -> Refusal.usage(Text.quoted(argument)
                        + " is no slug: name a task by its file's name without .md"));
    }

    /** The slugs that arguments are. */
    static List<Slug> of(List<String> arguments) {
        return arguments.stream().map(Slugs::of).toList();
    }
}
