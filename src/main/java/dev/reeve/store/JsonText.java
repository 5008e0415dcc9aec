package dev.reeve.store;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import dev.reeve.model.Text;

import java.io.ByteArrayOutputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/** Bytes ↔ {@link Json}: strict in reading (RFC 8259, no duplicate keys, bounded depth), indented and with a final newline in writing. */
final class JsonText {

    private static final int DEEPEST = 64;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            // Else many keys of one hash are an exception of a kind of its own; their cost is bounded by the file's size.
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();

    private static final DefaultPrettyPrinter PRINTER = new DefaultPrettyPrinter(
            Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n"));

    private JsonText() {}

    /** The text is no JSON that we take. The message shows nothing unescaped; line and column count from 1. */
    static final class NotJson extends Exception {
        private static final long serialVersionUID = 1L;
        private final int line;
        private final int column;

        private NotJson(String message, int line, int column) {
            super(message);
            this.line = line;
            this.column = column;
        }

        int line() {
            return line;
        }

        int column() {
            return column;
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    /** The document that the bytes hold. */
    static Json read(byte[] bytes) throws NotJson {
        try (var parser = FACTORY.createParser(bytes)) {
            var json = value(parser, first(parser));
            if (parser.nextToken() != null) {
                throw fault(parser, "something follows the document");
            }
            return json;
        } catch (JacksonException e) {
            throw fault(e);
        } catch (IOException e) {
            // Bytes in memory can't fail to be read, but may be no text.
            throw new NotJson(Text.plain(String.valueOf(e.getMessage()), 160), 1, 1);
        }
    }

    private static JsonToken first(JsonParser parser) throws IOException, NotJson {
        var first = parser.nextToken();
        if (first == null) {
            throw fault(parser, "it is empty");
        }
        return first;
    }

    /**
     * The members of an object that stand before the one with that name, or all when none has it. Nothing behind is read.
     *
     * @throws IOException when the system doesn't let it be read
     */
    static Json.Obj membersBefore(String last, InputStream in) throws IOException, NotJson {
        var members = new LinkedHashMap<String, Json>();
        try (var parser = FACTORY.createParser(in)) {
            if (first(parser) != JsonToken.START_OBJECT) {
                throw fault(parser, "it is no object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var name = text(parser);
                if (name.equals(last)) {
                    break;
                }
                members.put(name, value(parser, parser.nextToken()));
            }
            return new Json.Obj(members);
        } catch (JacksonException e) {
            throw fault(e);
        } catch (CharConversionException e) {
            throw new NotJson(Text.plain(String.valueOf(e.getMessage()), 160), 1, 1);
        }
    }

    /** A reader of a stream, which it closes with itself; for whoever looks at a long document piece by piece. */
    static JsonParser parser(InputStream in) throws IOException {
        return FACTORY.createParser(in);
    }

    /** The value that the parser stands before. */
    static Json next(JsonParser parser) throws IOException, NotJson {
        return value(parser, parser.currentToken());
    }

    /** A writer to a stream, which stays open; the second argument says how it is laid out. */
    static JsonGenerator generator(OutputStream out, PrettyPrinter printer) throws IOException {
        var generator = FACTORY.createGenerator(out, JsonEncoding.UTF8);
        generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        generator.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
        generator.setPrettyPrinter(printer);
        return generator;
    }

    private static Json value(JsonParser parser, JsonToken token) throws IOException, NotJson {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> new Json.Str(text(parser));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Num(parser.getText());
            case VALUE_TRUE -> Json.Literal.TRUE;
            case VALUE_FALSE -> Json.Literal.FALSE;
            case VALUE_NULL -> Json.Literal.NULL;
            case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw fault(parser, "unexpected " + token);
        };
    }

    private static Json.Obj object(JsonParser parser) throws IOException, NotJson {
        var members = new LinkedHashMap<String, Json>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = text(parser);
            members.put(name, value(parser, parser.nextToken()));
        }
        return new Json.Obj(members);
    }

    private static Json.Arr array(JsonParser parser) throws IOException, NotJson {
        var items = new ArrayList<Json>();
        for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(value(parser, token));
        }
        return new Json.Arr(items);
    }

    /** Half a surrogate pair, which an escape can state, is no text and could not be written back. */
    private static String text(JsonParser parser) throws IOException, NotJson {
        var text = parser.getText();
        for (int i = 0; i < text.length(); i++) {
            if (Character.isHighSurrogate(text.charAt(i)) && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(text.charAt(i))) {
                throw fault(parser, "half a surrogate pair in a string");
            }
        }
        return text;
    }

    private static NotJson fault(JacksonException e) {
        var at = e.getLocation();
        return new NotJson(Text.plain(e.getOriginalMessage(), 160), at == null ? 1 : Math.max(1, at.getLineNr()),
                at == null ? 1 : Math.max(1, at.getColumnNr()));
    }

    private static NotJson fault(JsonParser parser, String message) {
        var at = parser.currentTokenLocation();
        return new NotJson(message, Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()));
    }

    /**
     * The document as people read it.
     *
     * @throws IOException when a string is no text (half a surrogate pair)
     */
    static byte[] write(Json json) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var generator = FACTORY.createGenerator(out, JsonEncoding.UTF8)) {
            generator.setPrettyPrinter(PRINTER.createInstance());
            write(generator, json);
            generator.writeRaw('\n');
        }
        return out.toByteArray();
    }

    /** The document in one line, with its end. */
    static byte[] line(Json json) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var generator = FACTORY.createGenerator(out, JsonEncoding.UTF8)) {
            write(generator, json);
            generator.writeRaw('\n');
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator generator, Json json) throws IOException {
        switch (json) {
            case Json.Obj(var members) -> {
                generator.writeStartObject();
                for (var member : members.entrySet()) {
                    generator.writeFieldName(member.getKey());
                    write(generator, member.getValue());
                }
                generator.writeEndObject();
            }
            case Json.Arr(var items) -> {
                generator.writeStartArray();
                for (var item : items) {
                    write(generator, item);
                }
                generator.writeEndArray();
            }
            case Json.Str(var value) -> generator.writeString(value);
            case Json.Num(var literal) -> generator.writeNumber(literal);
            case Json.Literal.TRUE -> generator.writeBoolean(true);
            case Json.Literal.FALSE -> generator.writeBoolean(false);
            case Json.Literal.NULL -> generator.writeNull();
        }
    }
}
