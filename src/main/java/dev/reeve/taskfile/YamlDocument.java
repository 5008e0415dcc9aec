package dev.reeve.taskfile;

import dev.reeve.model.Text;
import dev.reeve.taskfile.Node.Kind;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

import java.io.Serial;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Frontmatter read by the YAML parser, as far as its events: nothing is constructed, resolved or expanded. */
final class YamlDocument {

    /** How deep lists and mappings may be in each other. */
    private static final int DEEPEST = 20;

    private final CodePoints codePoints;
    private final Parser parser;
    private final Set<String> anchors = new HashSet<>();
    private int reached;

    private YamlDocument(Source source) {
        this.codePoints = new CodePoints(source.text());
        this.parser = new ParserImpl(new StreamReader(source.text()), new LoaderOptions());
    }

    /** Reads the text as one YAML document that is a mapping or nothing. */
    static Parsed parse(Source source, Fences.Found fences) {
        int forbidden = Characters.firstForbidden(source.text());
        if (forbidden >= 0) {
            return new Parsed.Broken(source.fault(forbidden, "the character "
                    + Text.quoted(source.text().substring(forbidden, forbidden + 1)) + " is not allowed; delete it"));
        }
        var document = new YamlDocument(source);
        try {
            return new Parsed.Present(new Frontmatter(source, fences, document.root()));
        } catch (Unfit e) {
            return new Parsed.Broken(source.fault(document.offset(e.getProblemMark()), e.getProblem()));
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
            int offset = mark == null ? 0 : document.offset(mark);
            return new Parsed.Broken(source.fault(offset, invalid(e.getProblem())));
        } catch (YAMLException e) {
            return new Parsed.Broken(source.fault(document.reached, invalid(e.getMessage())));
        } catch (RuntimeException e) {
            // The parser lets some of its own slip out, as NumberFormatException for the escape \UFFFFFFFF.
            return new Parsed.Broken(source.fault(document.reached, invalid("it can't be read from here on")));
        }
    }

    private static String invalid(@Nullable String problem) {
        return "not valid YAML: " + Text.plain(String.valueOf(problem), 200)
                + "; mend the line, or put its value in double quotes";
    }

    private Node root() {
        next(Event.ID.StreamStart);
        if (parser.checkEvent(Event.ID.StreamEnd)) {
            return Node.block(Kind.BLOCK_MAP, List.of(), 0, null);
        }
        next(Event.ID.DocumentStart);
        var start = parser.peekEvent();
        var root = node(0);
        if (!root.isMap()) {
            throw new Unfit("frontmatter must be lines of key: value", start.getStartMark());
        }
        next(Event.ID.DocumentEnd);
        if (!parser.checkEvent(Event.ID.StreamEnd)) {
            throw new Unfit("a second YAML document begins here; frontmatter is one",
                    parser.peekEvent().getStartMark());
        }
        return root;
    }

    private void next(Event.ID expected) {
        var event = parser.getEvent();
        if (!event.is(expected)) {
            throw new Unfit("unexpected " + event.getEventId(), event.getStartMark());
        }
    }

    private Node node(int depth) {
        var event = parser.getEvent();
        reached = offset(event.getEndMark());
        if (depth > DEEPEST) {
            throw new Unfit("lists and mappings are nested deeper than " + DEEPEST + "; flatten them",
                    event.getStartMark());
        }
        return switch (event) {
            case AliasEvent alias -> alias(alias);
            case ScalarEvent scalar -> scalar(scalar);
            case SequenceStartEvent list -> collection(list, list.isFlow() ? Kind.FLOW_LIST : Kind.BLOCK_LIST,
                    list.getTag(), Event.ID.SequenceEnd, depth);
            case MappingStartEvent map -> collection(map, map.isFlow() ? Kind.FLOW_MAP : Kind.BLOCK_MAP, map.getTag(),
                    Event.ID.MappingEnd, depth);
            default -> throw new Unfit("unexpected " + event.getEventId(), event.getStartMark());
        };
    }

    private Node alias(AliasEvent alias) {
        if (!anchors.contains(alias.getAnchor())) {
            throw new Unfit("the alias names an anchor that is not defined before it; write out the value",
                    alias.getStartMark());
        }
        return new Node(Kind.ALIAS, alias.getAnchor(), List.of(), offset(alias.getStartMark()),
                offset(alias.getEndMark()), null);
    }

    private Node scalar(ScalarEvent scalar) {
        define(scalar, scalar.getTag());
        var kind = switch (scalar.getScalarStyle()) {
            case PLAIN, JSON_SCALAR_STYLE -> Kind.PLAIN;
            case SINGLE_QUOTED -> Kind.SINGLE_QUOTED;
            case DOUBLE_QUOTED -> Kind.DOUBLE_QUOTED;
            case LITERAL, FOLDED -> Kind.BLOCK_TEXT;
        };
        return new Node(kind, scalar.getValue(), List.of(), offset(scalar.getStartMark()),
                offset(scalar.getEndMark()), scalar.getAnchor());
    }

    private Node collection(NodeEvent start, Kind kind, @Nullable String tag, Event.ID last, int depth) {
        define(start, tag);
        var children = new ArrayList<Node>();
        while (!parser.checkEvent(last)) {
            children.add(node(depth + 1));
        }
        int end = offset(parser.getEvent().getEndMark());
        int from = offset(start.getStartMark());
        return switch (kind) {
            case FLOW_LIST, FLOW_MAP -> new Node(kind, "", List.copyOf(children), from, end, start.getAnchor());
            case BLOCK_LIST, BLOCK_MAP, PLAIN, SINGLE_QUOTED, DOUBLE_QUOTED, BLOCK_TEXT, ALIAS ->
                Node.block(kind, List.copyOf(children), from, start.getAnchor());
        };
    }

    private void define(NodeEvent event, @Nullable String tag) {
        if (tag != null) {
            throw new Unfit("tags (!) are not used in frontmatter; remove it", event.getStartMark());
        }
        if (event.getAnchor() != null) {
            anchors.add(event.getAnchor());
        }
    }

    private int offset(Mark mark) {
        return codePoints.charOffset(mark.getIndex());
    }

    /** Valid YAML that a task file may not have. */
    private static final class Unfit extends MarkedYAMLException {

        @Serial
        private static final long serialVersionUID = 1;

        Unfit(String problem, Mark mark) {
            super(null, null, problem, mark);
        }
    }
}
