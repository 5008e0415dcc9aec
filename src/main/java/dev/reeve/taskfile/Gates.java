package dev.reeve.taskfile;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What the sections of the body say that are gates: what still is to be ticked before a task may land, and whether its review has been answered.
 * A section ends at the next heading of its level or above; what stands in a code fence doesn't count.
 *
 * <p>An answer under {@code ## Review Feedback} is a ticked box, or words. What a template may have put there is none: unticked boxes, headings below it,
 * HTML comments, and lines that are emphasised as a whole ({@code _none yet_}).
 */
final class Gates {

    private static final Pattern HEADING = Pattern.compile(" {0,3}(#{1,2})([ \t].*)?");
    private static final Pattern BOX = Pattern.compile("[ \t]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]+\\[ ](?:[ \t]+(.*))?");
    private static final Pattern CODE_FENCE = Pattern.compile("[ \t]*(`{3,}+(?=[^`]*$)|~{3,}+)(.*)");
    private static final Pattern EMPHASIS = Pattern.compile("_[^_]+_|\\*[^*]+\\*");
    private static final String REVIEW = "review feedback";
    private static final Found NOTHING = new Found(List.of(), false);

    private enum Section {
        QA_EXPLORATION, REVIEW_FEEDBACK, OTHER;

        /** Without the number signs that may close a heading. */
        static Section of(String heading) {
            int end = heading.length();
            while (end > 0 && heading.charAt(end - 1) == '#') {
                end--;
            }
            return switch (heading.substring(0, end).strip().toLowerCase(Locale.ROOT)) {
                case "qa exploration" -> QA_EXPLORATION;
                case REVIEW -> REVIEW_FEEDBACK;
                default -> OTHER;
            };
        }
    }

    /**
     * What they say.
     *
     * @param openBoxes the texts of the boxes that are not ticked
     * @param reviewRecord whether the review has been answered
     */
    record Found(List<String> openBoxes, boolean reviewRecord) {}

    private final List<String> boxes = new ArrayList<>();
    private Section section = Section.OTHER;
    private boolean answered;
    private boolean inComment;
    private @Nullable String openFence;

    private Gates() {}

    /** What is found in the body that begins at the offset. */
    static Found in(byte[] content, int body) {
        var text = new String(content, body, content.length - body, StandardCharsets.UTF_8);
        if (!text.contains("[ ]") && !mayBeReviewed(text)) {
            return NOTHING;
        }
        var found = new Gates();
        found.lines(text);
        return new Found(List.copyOf(found.boxes), found.answered);
    }

    /** Ends are looked for rather than lines made: of most lines nothing but the first char matters. */
    private void lines(String text) {
        int feed = -1;
        int carriage = -1;
        for (int start = 0; start < text.length(); start = Math.min(feed, carriage) + 1) {
            feed = feed < start ? next(text, '\n', start) : feed;
            carriage = carriage < start ? next(text, '\r', start) : carriage;
            line(text, start, Math.min(feed, carriage));
        }
    }

    private static int next(String text, char c, int from) {
        int at = text.indexOf(c, from);
        return at < 0 ? text.length() : at;
    }

    /** A glance that spares most bodies a look at each of their lines. */
    private static boolean mayBeReviewed(String text) {
        for (int at = text.indexOf("##"); at >= 0; at = text.indexOf("##", at + 2)) {
            int word = at + 2;
            while (word < text.length() && (text.charAt(word) == ' ' || text.charAt(word) == '\t')) {
                word++;
            }
            if (text.regionMatches(true, word, REVIEW, 0, REVIEW.length())) {
                return true;
            }
        }
        return false;
    }

    /** Most lines are prose in no section of ours, so a glance at them must do. */
    private void line(String text, int start, int end) {
        switch (firstOf(text, start, end)) {
            case '`', '~' -> codeFence(text.substring(start, end));
            case '#' -> heading(text.substring(start, end));
            default -> {
                if (section != Section.OTHER) {
                    content(text.substring(start, end));
                }
            }
        }
    }

    private static char firstOf(String text, int start, int end) {
        int at = start;
        while (at < end && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        return at == end ? ' ' : text.charAt(at);
    }

    private void codeFence(String line) {
        var fence = CODE_FENCE.matcher(line);
        if (!fence.matches()) {
            content(line);
        } else if (openFence == null) {
            openFence = fence.group(1);
        } else if (fence.group(1).startsWith(openFence) && fence.group(2).isBlank()) {
            openFence = null;
        }
    }

    private void heading(String line) {
        var heading = HEADING.matcher(line);
        if (openFence == null && heading.matches()) {
            boolean named = heading.group(1).equals("##") && heading.group(2) != null;
            section = named ? Section.of(heading.group(2).strip()) : Section.OTHER;
            inComment = false;
        }
    }

    private void content(String line) {
        if (openFence != null || section == Section.OTHER) {
            return;
        }
        var box = BOX.matcher(line);
        boolean open = box.matches();
        if (open) {
            boxes.add(box.group(1) == null ? "" : box.group(1).strip());
        }
        if (section == Section.REVIEW_FEEDBACK) {
            var shown = withoutComments(line);
            answered |= !open && isAnswer(shown.strip());
        }
    }

    private String withoutComments(String line) {
        if (!inComment && !line.contains("<!--")) {
            return line;
        }
        var shown = new StringBuilder();
        for (int at = 0; at < line.length();) {
            int mark = line.indexOf(inComment ? "-->" : "<!--", at);
            int end = mark < 0 ? line.length() : mark;
            shown.append(line, inComment ? end : at, end);
            at = mark < 0 ? end : mark + (inComment ? 3 : 4);
            inComment ^= mark >= 0;
        }
        return shown.toString();
    }

    private static boolean isAnswer(String shown) {
        return shown.codePoints().anyMatch(Character::isLetterOrDigit) && !EMPHASIS.matcher(shown).matches();
    }
}
