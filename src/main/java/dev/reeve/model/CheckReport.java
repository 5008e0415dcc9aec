package dev.reeve.model;

import java.util.List;
import java.util.Optional;

/**
 * What a check run says, in GitHub's Markdown. Whoever writes it has escaped what came from outside.
 *
 * @param title one line
 * @param summary at most 65,535 bytes; what is longer is cut
 * @param text further detail, empty for none; at most 65,535 bytes
 * @param actions its buttons, at most three
 * @param promise the tasks that merging the pull request completes, or has completed; nothing where it promises nothing
 * @param whole where all of it can be read when it has to be cut, an address; empty for nowhere
 */
public record CheckReport(Conclusion conclusion, String title, String summary, String text,
        List<Annotation> annotations, List<Button> actions, Optional<List<Slug>> promise, String whole) {

    /** Without buttons, and promising nothing. */
    public CheckReport(Conclusion conclusion, String title, String summary, String text,
            List<Annotation> annotations) {
        this(conclusion, title, summary, text, annotations, List.of(), Optional.empty(), "");
    }

    /** GitHub's conclusions, as far as Reeve gives them. */
    public enum Conclusion {
        SUCCESS, NEUTRAL, FAILURE, ACTION_REQUIRED
    }

    /** How loud an annotation is. */
    public enum Level {
        NOTICE, WARNING, FAILURE
    }

    /** A remark at a line of a file in the pull request. */
    public record Annotation(TaskPath path, int line, Level level, String title, String message) {}

    /**
     * Something that people can ask for by a click.
     *
     * @param label at most 20 characters
     * @param description at most 40 characters
     */
    public record Button(String label, String description, Press.Kind does) {}

    /** The same with these buttons. */
    public CheckReport with(List<Button> buttons) {
        return new CheckReport(conclusion, title, summary, text, annotations, buttons, promise, whole);
    }

    /** The same, promising that merging completes these tasks. */
    public CheckReport promising(List<Slug> tasks) {
        return new CheckReport(conclusion, title, summary, text, annotations, actions, Optional.of(List.copyOf(tasks)),
                whole);
    }

    /** The same, to be read as a whole at this address. */
    public CheckReport readAt(String address) {
        return new CheckReport(conclusion, title, summary, text, annotations, actions, promise, address);
    }
}
