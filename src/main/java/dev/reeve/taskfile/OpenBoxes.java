package dev.reeve.taskfile;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds what still is to be ticked before a task may land: unticked boxes in the sections of the body that are gates.
 * A section ends at the next heading of its level or above; what stands in a code fence doesn't count.
 */
final class OpenBoxes {

    private static final Set<String> GATES = Set.of("qa exploration", "review feedback");
    private static final Pattern HEADING = Pattern.compile(" {0,3}(#{1,2})([ \t].*)?");
    private static final Pattern BOX = Pattern.compile("[ \t]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]+\\[ ](?:[ \t]+(.*))?");
    private static final Pattern CODE_FENCE = Pattern.compile("[ \t]*(`{3,}+(?=[^`]*$)|~{3,}+)(.*)");

    private final List<String> boxes = new ArrayList<>();
    private boolean atGate;
    private @Nullable String openFence;

    private OpenBoxes() {}

    /** The texts of the open boxes in the body that begins at the offset. */
    static List<String> in(byte[] content, int body) {
        var text = new String(content, body, content.length - body, StandardCharsets.UTF_8);
        if (!text.contains("[ ]")) {
            return List.of();
        }
        var found = new OpenBoxes();
        text.lines().forEach(found::line);
        return List.copyOf(found.boxes);
    }

    /** Most lines are prose, so a glance at them must do. */
    private void line(String line) {
        switch (firstOf(line)) {
            case '`', '~' -> codeFence(line);
            case '#' -> heading(line);
            default -> box(line);
        }
    }

    private static char firstOf(String line) {
        int at = 0;
        while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at++;
        }
        return at == line.length() ? ' ' : line.charAt(at);
    }

    private void codeFence(String line) {
        var fence = CODE_FENCE.matcher(line);
        if (!fence.matches()) {
            return;
        }
        if (openFence == null) {
            openFence = fence.group(1);
        } else if (fence.group(1).startsWith(openFence) && fence.group(2).isBlank()) {
            openFence = null;
        }
    }

    private void heading(String line) {
        var heading = HEADING.matcher(line);
        if (openFence == null && heading.matches()) {
            atGate = heading.group(1).equals("##") && heading.group(2) != null && isGate(heading.group(2).strip());
        }
    }

    private void box(String line) {
        if (openFence == null && atGate) {
            var box = BOX.matcher(line);
            if (box.matches()) {
                boxes.add(box.group(1) == null ? "" : box.group(1).strip());
            }
        }
    }

    /** Without the number signs that may close a heading. */
    private static boolean isGate(String heading) {
        int end = heading.length();
        while (end > 0 && heading.charAt(end - 1) == '#') {
            end--;
        }
        return GATES.contains(heading.substring(0, end).strip().toLowerCase(Locale.ROOT));
    }
}
