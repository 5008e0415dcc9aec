package dev.reeve.cli;

import dev.reeve.model.Text;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Lines whose columns are aligned. A cell that is much longer than others pushes only its own line. */
final class Table {

    private static final int WIDEST = 48;
    private static final int LONGEST = 500;

    private final String indent;
    private final List<List<Cell>> rows = new ArrayList<>();

    /** A text and its colour. */
    record Cell(String text, UnaryOperator<String> paint) {

        /** A text from anywhere, which is made safe for a terminal. */
        Cell(String text, UnaryOperator<String> paint) {
            this.text = Text.plain(text, LONGEST);
            this.paint = paint;
        }

        static Cell of(Object text) {
            return new Cell(text.toString(), UnaryOperator.identity());
        }

        int width() {
            return text.codePointCount(0, text.length());
        }
    }

    Table(String indent) {
        this.indent = indent;
    }

    /** Adds a line; its last cell is not padded. */
    Table row(Cell... cells) {
        rows.add(List.of(cells));
        return this;
    }

    void print(PrintWriter out) {
        rows.forEach(row -> out.println(line(row)));
    }

    private String line(List<Cell> row) {
        var line = new StringBuilder(indent);
        for (int column = 0; column < row.size(); column++) {
            var cell = row.get(column);
            line.append(cell.paint().apply(cell.text()));
            if (column < row.size() - 1) {
                line.append(" ".repeat(Math.max(0, width(column) - cell.width()) + 2));
            }
        }
        return line.toString();
    }

    private int width(int column) {
        return rows.stream()
                .filter(row -> column < row.size() - 1)
                .mapToInt(row -> row.get(column).width())
                .filter(width -> width <= WIDEST)
                .max()
                .orElse(0);
    }
}
