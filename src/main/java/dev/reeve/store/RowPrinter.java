package dev.reeve.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;

import java.io.IOException;

/** Lays out a long document for people: so many levels have their members on a line each, everything deeper stands in the line that it belongs to. Used once. */
final class RowPrinter extends DefaultPrettyPrinter {

    private static final long serialVersionUID = 1L;

    private final int deepestLine;

    private RowPrinter(int deepestLine) {
        super(Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withRootSeparator(""));
        this.deepestLine = deepestLine;
        indentObjectsWith(new Lines(deepestLine));
        indentArraysWith(new Lines(deepestLine));
    }

    /** The members of the document and of what is directly in it on a line each. */
    static RowPrinter ofDocument() {
        return new RowPrinter(2);
    }

    /** All in one line, also one value after the other. */
    static RowPrinter ofOneLine() {
        return new RowPrinter(0);
    }

    private static final class Lines extends DefaultIndenter {

        private static final long serialVersionUID = 1L;

        private final int deepestLine;

        Lines(int deepestLine) {
            super("  ", "\n");
            this.deepestLine = deepestLine;
        }

        @Override
        public void writeIndentation(JsonGenerator json, int level) throws IOException {
            if (level <= deepestLine) {
                super.writeIndentation(json, level);
            }
        }
    }

    @Override
    public void writeEndObject(JsonGenerator json, int members) throws IOException {
        if (_nesting > deepestLine) {
            _nesting--;
            json.writeRaw('}');
        } else {
            super.writeEndObject(json, members);
        }
    }

    @Override
    public void writeEndArray(JsonGenerator json, int items) throws IOException {
        if (_nesting > deepestLine) {
            _nesting--;
            json.writeRaw(']');
        } else {
            super.writeEndArray(json, items);
        }
    }

    @Override
    public void writeObjectEntrySeparator(JsonGenerator json) throws IOException {
        separate(json);
    }

    @Override
    public void writeArrayValueSeparator(JsonGenerator json) throws IOException {
        separate(json);
    }

    private void separate(JsonGenerator json) throws IOException {
        json.writeRaw(_nesting > deepestLine ? ", " : ",");
        _objectIndenter.writeIndentation(json, _nesting);
    }
}
