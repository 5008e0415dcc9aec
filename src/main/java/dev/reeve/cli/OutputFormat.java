package dev.reeve.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.reeve.reconcile.JsonFields;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

import java.io.IOException;
import java.io.PrintWriter;

/** The option {@code --format text|json} of commands that print data. */
final class OutputFormat {

    /** How data is printed. */
    enum Kind {
        TEXT, JSON
    }

    /** Writes data as JSON. */
    @FunctionalInterface
    interface Json {
        void to(JsonGenerator json) throws IOException;
    }

    @Option(names = "--format", paramLabel = "text|json", description = "How to print: text (default) or json.", converter = Converter.class)
    private Kind kind = Kind.TEXT;

    Kind kind() {
        return kind;
    }

    /** Writes one JSON document, indented, with a line's end. */
    static void print(PrintWriter out, Json data) throws IOException {
        try (var json = new JsonFactory().createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.useDefaultPrettyPrinter();
            data.to(json);
        }
        out.println();
    }

    /** Writes a member; none where there is no value. */
    static void optional(JsonGenerator json, String name, @Nullable Object value) throws IOException {
        JsonFields.optional(json, name, value);
    }

    /** Understands the option's value. */
    static final class Converter implements picocli.CommandLine.ITypeConverter<Kind> {
        @Override
        public Kind convert(String value) {
            return switch (value) {
                case "text" -> Kind.TEXT;
                case "json" -> Kind.JSON;
                default -> throw new TypeConversionException("must be text or json");
            };
        }
    }
}
