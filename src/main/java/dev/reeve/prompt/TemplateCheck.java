package dev.reeve.prompt;

import dev.reeve.model.Text;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds all that is wrong with a template before it is used, each fault with its line; what a library tells is the first thing, and only once it meets it. */
final class TemplateCheck {

    private final String file;
    private final String template;
    private final List<String> faults = new ArrayList<>();
    private final Deque<Section> open = new ArrayDeque<>();
    private int line = 1;

    private record Section(String name, boolean inverted, int line) {}

    private TemplateCheck(String file, String template) {
        this.file = file;
        this.template = template;
    }

    static List<String> faults(String file, String template) {
        var check = new TemplateCheck(file, template);
        check.readAll();
        return List.copyOf(check.faults);
    }

    private void readAll() {
        int at = 0;
        for (int begin = template.indexOf("{{"); begin >= 0; begin = template.indexOf("{{", at)) {
            advance(at, begin);
            boolean bare = template.startsWith("{{{", begin);
            var end = bare ? "}}}" : "}}";
            int from = begin + end.length();
            int close = template.indexOf(end, from);
            if (close < 0) {
                fault(template.substring(begin, Math.min(begin + 20, template.length())).strip() + " is never closed");
                return;
            }
            tag(template.substring(from, close).strip());
            at = close + end.length();
            advance(begin, at);
        }
        open.forEach(section -> faults
                .add(file + ":" + section.line() + ": {{#" + section.name() + "}} has no {{/" + section.name() + "}}"));
    }

    private void advance(int from, int to) {
        line += (int) template.substring(from, to).chars().filter(c -> c == '\n').count();
    }

    private void tag(String tag) {
        char sign = tag.isEmpty() ? ' ' : tag.charAt(0);
        var name = tag.isEmpty() ? "" : tag.substring(1).strip();
        switch (sign) {
            case '!' -> {
            }
            case '#', '^' -> section(name, sign == '^');
            case '/' -> close(name);
            case '=' -> fault("the delimiters {{ and }} can't be changed");
            case '>', '<', '$' -> fault("{{" + shown(tag) + "}}: nothing can be included");
            case '&' -> name(name);
            default -> name(tag);
        }
    }

    /** A section in itself would be repeated as often as the list is long to the power of how deep it is. */
    private void section(String name, boolean inverted) {
        if (open.stream().anyMatch(section -> section.name().equals(name))) {
            fault("{{#" + shown(name) + "}} is inside itself");
        } else if (!Names.LISTS.containsKey(name)) {
            known(name);
        }
        open.push(new Section(name, inverted, line));
    }

    private void close(String name) {
        var section = open.poll();
        if (section == null) {
            fault("{{/" + shown(name) + "}} closes nothing");
        } else if (!section.name().equals(name)) {
            fault("{{/" + shown(name) + "}} stands where {{/" + shown(section.name()) + "}} must, which line "
                    + section.line() + " opens");
        }
    }

    private void name(String name) {
        if (Names.LISTS.containsKey(name)) {
            fault("{{" + name + "}} is a list: write {{#" + name + "}}…{{/" + name + "}}");
        } else {
            known(name);
        }
    }

    private void known(String name) {
        var names = names();
        if (!names.contains(name)) {
            names.addAll(Names.LISTS.keySet());
            fault("{{" + shown(name) + "}}: there is no such name here; there are " + String.join(", ", names));
        }
    }

    private Set<String> names() {
        var names = new HashSet<>(Names.TEXTS);
        open.stream()
                .filter(section -> !section.inverted())
                .forEach(section -> names.addAll(Names.LISTS.getOrDefault(section.name(), Set.of())));
        return new TreeSet<>(names);
    }

    private static String shown(String name) {
        return Text.plain(name, 60);
    }

    private void fault(String message) {
        faults.add(file + ":" + line + ": " + message);
    }
}
