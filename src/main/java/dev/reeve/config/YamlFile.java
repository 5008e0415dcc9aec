package dev.reeve.config;

import dev.reeve.model.Place;
import dev.reeve.model.Text;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Turns the bytes of a YAML file into {@link Value}s. It builds them from the parser's events, so nothing is ever constructed, resolved or
 * expanded; aliases, anchors, tags, several documents, duplicate keys and nesting beyond {@value #DEPTH} are faults.
 */
final class YamlFile {

    /** The longest file that is read, in bytes. */
    static final int LONGEST = 256 * 1024;
    private static final int DEPTH = 12;

    private final String name;
    private final Faults faults;
    private final ParserImpl events;

    private YamlFile(String name, String text, Faults faults) {
        this.name = name;
        this.faults = faults;
        this.events = new ParserImpl(new StreamReader(text), new LoaderOptions());
    }

    /** The file's top mapping; empty when the file is, or when it can't be read, which is then among the faults. */
    static Value.Mapping read(String name, byte[] content, Faults faults) {
        var file = new Source.InFile(Place.of(name));
        var empty = new Value.Mapping(List.of(), file);
        if (content.length > LONGEST) {
            faults.add(file, "", "the file is longer than " + LONGEST / 1024 + " kB: this is no configuration");
            return empty;
        }
        try {
            return new YamlFile(name, decode(content), faults).document(empty);
        } catch (CharacterCodingException e) {
            faults.add(file, "", "the file is not UTF-8: save it as UTF-8");
        } catch (Unreadable e) {
            faults.add(e.source, "", e.reason);
        } catch (MarkedYAMLException e) {
            faults.add(at(name, e.getProblemMark()), "", "not valid YAML: " + Text.plain(e.getProblem(), 200));
        } catch (YAMLException e) {
            faults.add(file, "", "not valid YAML: " + Text.plain(String.valueOf(e.getMessage()), 200));
        }
        return empty;
    }

    private static String decode(byte[] content) throws CharacterCodingException {
        var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private Value.Mapping document(Value.Mapping empty) {
        events.getEvent();
        if (events.checkEvent(Event.ID.StreamEnd)) {
            return empty;
        }
        events.getEvent();
        var value = value(events.getEvent(), 0);
        events.getEvent();
        if (!events.checkEvent(Event.ID.StreamEnd)) {
            throw new Unreadable(source(events.getEvent()), "the file has a second document: keep one");
        }
        if (value instanceof Value.Mapping mapping) {
            return mapping;
        }
        if (!value.isEmpty()) {
            throw new Unreadable(value.source(), "the file must consist of keys with values");
        }
        return empty;
    }

    private Value value(Event event, int depth) {
        refuseHostile(event, depth);
        return switch (event) {
            case ScalarEvent scalar -> new Value.Scalar(scalar.getValue(), source(event));
            case SequenceStartEvent _ -> sequence(source(event), depth);
            case MappingStartEvent _ -> mapping(source(event), depth);
            default -> throw new Unreadable(source(event), "not valid YAML");
        };
    }

    private Value sequence(Source source, int depth) {
        var items = new ArrayList<Value>();
        for (var event = events.getEvent(); !(event instanceof SequenceEndEvent); event = events.getEvent()) {
            items.add(value(event, depth + 1));
        }
        return new Value.Sequence(List.copyOf(items), source);
    }

    private Value mapping(Source source, int depth) {
        var entries = new ArrayList<Value.Entry>();
        var seen = new HashSet<String>();
        for (var event = events.getEvent(); !(event instanceof MappingEndEvent); event = events.getEvent()) {
            if (!(value(event, depth + 1) instanceof Value.Scalar key)) {
                throw new Unreadable(source(event), "a key must be a plain text");
            }
            var value = value(events.getEvent(), depth + 1);
            if (seen.add(key.text())) {
                entries.add(new Value.Entry(key, value));
            } else {
                faults.add(key.source(), Text.plain(key.text(), 60), "the key is there twice: keep one");
            }
        }
        return new Value.Mapping(List.copyOf(entries), source);
    }

    private void refuseHostile(Event event, int depth) {
        if (depth > DEPTH) {
            throw new Unreadable(source(event), "nested too deeply");
        }
        if (event instanceof AliasEvent || (event instanceof NodeEvent node && node.getAnchor() != null)) {
            throw new Unreadable(source(event),
                    "anchors and aliases (& and *) are not allowed here: write the value out");
        }
        var tag = switch (event) {
            case ScalarEvent scalar -> scalar.getTag();
            case SequenceStartEvent sequence -> sequence.getTag();
            case MappingStartEvent mapping -> mapping.getTag();
            default -> null;
        };
        if (tag != null) {
            throw new Unreadable(source(event), "tags (!) are not allowed here: remove it");
        }
    }

    private Source source(Event event) {
        return at(name, event.getStartMark());
    }

    private static Source at(String name, Mark mark) {
        return new Source.InFile(new Place(name, mark.getLine() + 1, mark.getColumn() + 1));
    }

    /** Ends the reading of a file; never leaves this class. */
    private static final class Unreadable extends RuntimeException {
        private final transient Source source;
        private final String reason;

        Unreadable(Source source, String reason) {
            super(reason, null, false, false);
            this.source = source;
            this.reason = reason;
        }
    }
}
