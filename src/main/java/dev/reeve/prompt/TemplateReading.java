package dev.reeve.prompt;

import java.util.List;

/** What reading a template gave. */
public sealed interface TemplateReading {

    /** It can be used. */
    record Usable(PromptTemplate template) implements TemplateReading {}

    /** It can't; {@code faults} has everything that is wrong with it, with file and line, safe to print. */
    record Faulty(List<String> faults) implements TemplateReading {}
}
