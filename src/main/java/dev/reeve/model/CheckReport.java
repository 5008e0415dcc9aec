package dev.reeve.model;

import java.util.List;

/**
 * What a check run says about a pull request, in GitHub's Markdown. Whoever writes it has escaped what came from outside.
 *
 * @param title one line
 * @param summary at most 65,535 characters
 * @param text further detail, empty for none; at most 65,535 characters
 */
public record CheckReport(Conclusion conclusion, String title, String summary, String text,
        List<Annotation> annotations) {

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
}
