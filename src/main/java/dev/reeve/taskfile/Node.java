package dev.reeve.taskfile;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A piece of YAML as it is written: aliases stay aliases, scalars are their text.
 *
 * @param text what a scalar says, or the anchor that an alias names; empty for the rest
 * @param children a list's items; a mapping's keys and values in turn
 * @param start offset of its first char in the {@link Source}, of its anchor if it has one
 * @param end offset after its last char; a block collection ends where its last child does
 * @param anchor the name others may refer to it by
 */
record Node(Kind kind, String text, List<Node> children, int start, int end, @Nullable String anchor) {

    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

    /** How it is written. */
    enum Kind {
        PLAIN, SINGLE_QUOTED, DOUBLE_QUOTED, BLOCK_TEXT, FLOW_LIST, BLOCK_LIST, FLOW_MAP, BLOCK_MAP, ALIAS
    }

    static Node scalar(Kind kind, String text, int start, int end) {
        return new Node(kind, text, List.of(), start, end, null);
    }

    static Node flowList(List<Node> items, int start, int end) {
        return new Node(Kind.FLOW_LIST, "", items, start, end, null);
    }

    /** A block collection, which ends with its last child: the parser's own end lies behind trailing comments. */
    static Node block(Kind kind, List<Node> children, int start, @Nullable String anchor) {
        return new Node(kind, "", children, start, children.isEmpty() ? start : children.getLast().end, anchor);
    }

    boolean isScalar() {
        return switch (kind) {
            case PLAIN, SINGLE_QUOTED, DOUBLE_QUOTED, BLOCK_TEXT -> true;
            case FLOW_LIST, BLOCK_LIST, FLOW_MAP, BLOCK_MAP, ALIAS -> false;
        };
    }

    boolean isList() {
        return kind == Kind.FLOW_LIST || kind == Kind.BLOCK_LIST;
    }

    boolean isMap() {
        return kind == Kind.FLOW_MAP || kind == Kind.BLOCK_MAP;
    }

    /** True for a value that is left out or written as null. */
    boolean isNull() {
        return kind == Kind.PLAIN && NULLS.contains(text);
    }

    /** True when it already means the value, however it is written. */
    boolean says(Value value) {
        return switch (value) {
            case Value.OfText wanted -> says(wanted.text());
            case Value.OfNumber wanted -> says(Long.toString(wanted.number()));
            case Value.OfTexts wanted -> isList() && children.size() == wanted.texts().size()
                    && IntStream.range(0, children.size())
                            .allMatch(i -> children.get(i).says(wanted.texts().get(i)));
        };
    }

    private boolean says(String wanted) {
        return isScalar() && !isNull() && text.equals(wanted);
    }

    /** True when it is the same, wherever it stands. */
    boolean sameAs(Node other) {
        return kind == other.kind && text.equals(other.text) && Objects.equals(anchor, other.anchor)
                && children.size() == other.children.size()
                && IntStream.range(0, children.size())
                        .allMatch(i -> children.get(i).sameAs(other.children.get(i)));
    }
}
