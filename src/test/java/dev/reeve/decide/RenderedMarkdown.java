package dev.reeve.decide;

import org.commonmark.Extension;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.autolink.AutolinkType;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.node.Code;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Markdown as GitHub renders it: GFM first, then links and emoji made of what has come out as plain text. For the latter GitHub has no public code; what is here
 * finds whatever GitHub documents, and more rather than less.
 */
final class RenderedMarkdown {

    /** E-mail addresses are found below, as mentions are: this library takes more for a part of a domain than GitHub does. */
    private static final List<Extension> EXTENSIONS = List.of(
            AutolinkExtension.builder().linkTypes(AutolinkType.URL, AutolinkType.WWW).build(),
            StrikethroughExtension.create());
    private static final Parser GFM = Parser.builder().extensions(EXTENSIONS).build();

    private static final Pattern FOUND_LATER = Pattern.compile(
            "(?<mention>@[a-z0-9])|(?<issue>#[0-9]|gh-[0-9])|(?<advisory>(cve|ghsa)-[0-9a-z])|(?<address>://|www\\.)"
                    + "|(?<emoji>:[a-z+-][a-z0-9_+-]*:)"
                    + "|(?<commit>(?<![0-9a-z])(?=[0-9]*[a-f])(?=[a-f]*[0-9])[0-9a-f]{7,40}(?![0-9a-z]))",
            Pattern.CASE_INSENSITIVE);

    private static final char IN_CODE = '\uFFFC';

    private final List<String> shape = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    private RenderedMarkdown() {}

    static RenderedMarkdown of(String markdown) {
        var rendered = new RenderedMarkdown();
        rendered.walk(GFM.parse(markdown), 0);
        return rendered;
    }

    /** As a page shows it: commits and pull requests as the links that GitHub makes of them. */
    static String html(String markdown) {
        var html = HtmlRenderer.builder().extensions(EXTENSIONS).build().render(GFM.parse(markdown));
        return html.replaceAll("\\b([0-9a-f]{7})[0-9a-f]{33}\\b", "<a><code>$1</code></a>")
                .replaceAll("(?<![&\\w])#([0-9]+)", "<a>#$1</a>");
    }

    private void walk(Node node, int depth) {
        switch (node) {
            case Text words -> text.append(words.getLiteral());
            case Code _ -> {
                shape.add(depth + " Code");
                text.append(IN_CODE);
            }
            case Link link -> shape.add(depth + " Link " + link.getDestination());
            case Image image -> shape.add(depth + " Image " + image.getDestination());
            default -> shape.add(depth + " " + node.getClass().getSimpleName());
        }
        for (var child = node.getFirstChild(); child != null; child = child.getNext()) {
            walk(child, depth + 1);
        }
    }

    /** Everything in it that is more than plain text, in its order. */
    List<String> shape() {
        return shape;
    }

    /** What it links to or shows as a picture, and what GitHub would. */
    List<String> links() {
        var found = new ArrayList<>(shape.stream()
                .filter(part -> part.contains(" Link ") || part.contains(" Image ") || part.contains(" Html"))
                .map(part -> part.substring(part.indexOf(' ') + 1))
                .toList());
        FOUND_LATER.matcher(text).results().map(match -> match.group()).forEach(found::add);
        return found;
    }

    /** The words that are seen, but for those in code spans. */
    String words() {
        return text.toString().replace("\u200b", "");
    }
}
