package dev.reeve.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;

import java.io.IOException;

/** Lays out a long document for people: the members of the document and of what is directly in it on a line each, everything deeper in the line that it belongs to. Used once. */
final class RowPrinter extends DefaultPrettyPrinter {

    private static final long serialVersionUID = 1L;
    private static final int DEEPEST_LINE = 2;

    RowPrinter() {
        super(Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER));
        indentObjectsWith(new Lines());
        indentArraysWith(new Lines());
    }

    private static final class Lines extends DefaultIndenter {

        private static final long serialVersionUID = 1L;

        Lines() {
            super("  ", "\n");
        }

        @Override
        public void writeIndentation(JsonGenerator json, int level) throws IOException {
            if (level <= DEEPEST_LINE) {
                super.writeIndentation(json, level);
            }
        }
    }

    @Override
    public void writeEndObject(JsonGenerator json, int members) throws IOException {
        if (_nesting > DEEPEST_LINE) {
            _nesting--;
            json.writeRaw('}');
        } else {
            super.writeEndObject(json, members);
        }
    }

    @Override
    public void writeEndArray(JsonGenerator json, int items) throws IOException {
        if (_nesting > DEEPEST_LINE) {
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
        json.writeRaw(_nesting > DEEPEST_LINE ? ", " : ",");
        _objectIndenter.writeIndentation(json, _nesting);
    }
}
