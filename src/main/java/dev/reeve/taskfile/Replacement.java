package dev.reeve.taskfile;

import dev.reeve.model.Fault;
import dev.reeve.model.Text;
import dev.reeve.taskfile.Frontmatter.Entry;
import dev.reeve.taskfile.Node.Kind;
import dev.reeve.taskfile.ScalarText.Context;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How the value of a key that a file has is replaced, if that can be done without touching anything else. */
final class Replacement {

    private static final Pattern BEFORE_VALUE = Pattern.compile("[ \t]*:");

    private final Source source;
    private final Entry entry;

    Replacement(Source source, Entry entry) {
        this.source = source;
        this.entry = entry;
    }

    /** Why the value can't be replaced; nothing when it can. */
    Optional<Fault> obstacle() {
        var key = entry.key();
        var value = entry.value();
        if (!isAlone()) {
            return refusal(key, "its key doesn't begin a line; rewrite it as key: value on a line of its own");
        }
        if (key.anchor() != null || value.anchor() != null) {
            return refusal(key, "it has an anchor (&) that others may refer to; remove the anchor");
        }
        return switch (value.kind()) {
            case PLAIN, SINGLE_QUOTED, DOUBLE_QUOTED -> Optional.empty();
            case FLOW_LIST -> listObstacle();
            case BLOCK_TEXT -> refusal(value, "its value is a block of text; write it on one line");
            case BLOCK_LIST -> refusal(value, "its value is a list over several lines; write it as [a, b] on one line");
            case FLOW_MAP, BLOCK_MAP -> refusal(value, "its value is a mapping; replace it by hand");
            case ALIAS -> refusal(value, "its value is an alias (*); write out the value");
        };
    }

    private Optional<Fault> listObstacle() {
        var list = entry.value();
        if (text(list).indexOf('\n') >= 0) {
            return refusal(list, "its list is written over several lines; write it on one line");
        }
        return list.children().stream().allMatch(item -> item.isScalar() && item.anchor() == null)
                ? Optional.empty()
                : refusal(list, "its list holds more than texts; replace it by hand");
    }

    private boolean isAlone() {
        var text = source.text();
        int start = entry.key().start();
        return text.substring(text.lastIndexOf('\n', start - 1) + 1, start).isBlank()
                && BEFORE_VALUE.matcher(text).region(entry.key().end(), text.length()).lookingAt();
    }

    /** What writes the value; only without an {@link #obstacle}. */
    Splice with(Value value) {
        var old = entry.value();
        boolean empty = old.kind() == Kind.PLAIN && old.text().isEmpty();
        int afterColon = source.text().indexOf(':', entry.key().end()) + 1;
        return empty
                ? new Splice(afterColon, afterColon, " " + written(value))
                : new Splice(old.start(), old.end(), written(value));
    }

    private String written(Value value) {
        return switch (value) {
            case Value.OfText text -> ScalarText.written(text.text(), entry.value().kind(), Context.BLOCK);
            case Value.OfNumber number -> Long.toString(number.number());
            case Value.OfTexts texts ->
                texts.texts().stream().map(this::item).collect(Collectors.joining(", ", "[", "]"));
        };
    }

    /** An item that stays keeps its quotes, a new one gets those of the first. */
    private String item(String text) {
        var old = entry.value().kind() == Kind.FLOW_LIST ? entry.value().children() : List.<Node>of();
        var style = old.isEmpty() ? Kind.PLAIN : old.getFirst().kind();
        return old.stream()
                .filter(item -> !item.isNull() && item.text().equals(text))
                .findFirst()
                .map(this::text)
                .orElseGet(() -> ScalarText.written(text, style, Context.FLOW));
    }

    private String text(Node node) {
        return source.text().substring(node.start(), node.end());
    }

    private Optional<Fault> refusal(Node at, String why) {
        return Optional.of(source.fault(at.start(), "can't set " + Text.quoted(entry.key().text()) + ": " + why));
    }
}
