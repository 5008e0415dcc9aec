package dev.reeve.taskfile;

import dev.reeve.model.Text;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * A file's frontmatter, well-formed but not yet checked for what a task needs.
 *
 * @param root a mapping, empty when there is nothing between the fences
 * @param entries the root's, in the file's order
 */
record Frontmatter(Source source, Fences.Found fences, Node root, List<Entry> entries) {

    /** A key with its value. */
    record Entry(Node key, Node value) {}

    Frontmatter(Source source, Fences.Found fences, Node root) {
        this(source, fences, root, entries(root));
    }

    private static List<Entry> entries(Node map) {
        var entries = new ArrayList<Entry>(map.children().size() / 2);
        for (int i = 0; i < map.children().size(); i += 2) {
            entries.add(new Entry(map.children().get(i), map.children().get(i + 1)));
        }
        return entries;
    }

    /** The entry with the key. */
    Optional<Entry> entry(String key) {
        return entries.stream().filter(entry -> entry.key().text().equals(key)).findFirst();
    }

    /** A scalar's text, anything else as it stands in the file, with line feeds only. */
    String textOf(Node value) {
        return value.isScalar()
                ? value.text()
                : source.text().substring(value.start(), value.end()).stripTrailing().replace("\r\n", "\n");
    }

    /** Adds what makes it ambiguous which value a key has: duplicate, complex and merge keys. */
    void check(Faults faults) {
        for (var entry : entries) {
            if (!entry.key().isScalar()) {
                faults.add(entry.key(), "a key must be a plain word; rewrite it as key: value");
            } else if (entry.key().text().equals("<<")) {
                faults.add(entry.key(), "merge keys (<<) are not read; write out the keys that it brings");
            }
        }
        addDuplicates(root, faults);
    }

    private static void addDuplicates(Node node, Faults faults) {
        if (node.isMap()) {
            var seen = new HashSet<String>();
            for (var entry : entries(node)) {
                if (entry.key().isScalar() && !seen.add(entry.key().text())) {
                    var key = Text.quoted(entry.key().text());
                    faults.add(entry.key(), "the key " + key + " is here a second time; remove one of them");
                }
            }
        }
        node.children().forEach(child -> addDuplicates(child, faults));
    }
}
