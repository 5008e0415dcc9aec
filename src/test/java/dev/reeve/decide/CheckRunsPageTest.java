package dev.reeve.decide;

import dev.reeve.model.CheckReport;
import dev.reeve.model.CheckReport.Annotation;
import dev.reeve.model.CheckReport.Button;
import dev.reeve.model.CheckReport.Conclusion;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Draws what some check runs look like at GitHub, as a page of which {@code docs/check-runs.png} is a picture. CONTRIBUTING.md says how it is taken. */
class CheckRunsPageTest {

    private static final Path PAGE = Path.of("target/check-runs.html");

    /** Which are drawn, and what stands above them. */
    private static Map<String, String> before() {
        var drawn = new LinkedHashMap<String, String>();
        drawn.put("open, about one task", "It is about one task");
        drawn.put("open, about several, with open boxes", "It is about two, and boxes are still open");
        drawn.put("a task file in it is invalid", "A task file in it can't be read");
        drawn.put("no task, `require_task: true`", "It is about no task, and the team wants one");
        return drawn;
    }

    private static Map<String, String> after() {
        var drawn = new LinkedHashMap<String, String>();
        drawn.put("merged, and the server shares the checkout", "The task is completed");
        drawn.put("merged, and completions go through a pull request", "The team wants completions in a pull request");
        drawn.put("merged, a rate limit", "GitHub's rate limit is used up");
        drawn.put("merged, but GitHub refuses the push", "The branch is protected");
        drawn.put("merged, and named another task only afterwards", "Its description has been changed since");
        return drawn;
    }

    private static String page() throws IOException {
        try (var template = Objects.requireNonNull(CheckRunsPageTest.class.getResourceAsStream("/check-runs.html"))) {
            return new String(template.readAllBytes(), UTF_8).replace("{{before}}", cards(before()))
                    .replace("{{after}}", cards(after()));
        }
    }

    private static String cards(Map<String, String> drawn) {
        var cases = CheckCases.all();
        return drawn.entrySet()
                .stream()
                .map(one -> card(one.getValue(), Objects.requireNonNull(cases.get(one.getKey()))))
                .collect(Collectors.joining("\n"));
    }

    private static String card(String caption, CheckReport report) {
        return """
                <figure><figcaption>%s</figcaption><article>
                <header>%s<span class="name">reeve</span><span class="by">%s</span><span class="buttons">%s</span></header>
                <div class="body"><h1>%s</h1>%s</div>%s
                </article></figure>"""
                .formatted(escaped(caption), icon(report.conclusion()),
                        ended(report.conclusion()),
                        report.actions()
                                .stream()
                                .map(Button::label)
                                .map("<button>%s</button>"::formatted)
                                .collect(
                                        Collectors.joining()),
                        escaped(report.title()), RenderedMarkdown.html(report.summary()),
                        annotations(report.annotations()));
    }

    private static String ended(Conclusion conclusion) {
        return switch (conclusion) {
            case SUCCESS -> "succeeded";
            case NEUTRAL -> "completed, neutral";
            case FAILURE -> "failed";
            case ACTION_REQUIRED -> "action required";
        };
    }

    private static String annotations(List<Annotation> annotations) {
        return annotations.isEmpty() ? ""
                : annotations.stream()
                        .map(one -> """
                                <div class="annotation"><div class="where"><b>Check failure</b> on line %d in <a>%s</a></div>
                                <div class="title">%s</div><div class="message">%s</div></div>"""
                                .formatted(one.line(), escaped(one.path().value()), escaped(one.title()),
                                        escaped(one.message())))
                        .collect(Collectors.joining("\n", "<div class=\"annotations\"><h2>Annotations</h2>", "</div>"));
    }

    /** Round, with what GitHub puts into it. */
    private static String icon(Conclusion conclusion) {
        var colour = switch (conclusion) {
            case SUCCESS -> "#1a7f37";
            case NEUTRAL -> "#818b98";
            case FAILURE -> "#d1242f";
            case ACTION_REQUIRED -> "#9a6700";
        };
        var sign = switch (conclusion) {
            case SUCCESS -> "M4.7 8.3l2.2 2.2 4.4-4.6";
            case NEUTRAL -> "M5 8h6";
            case FAILURE -> "M5.5 5.5l5 5M10.5 5.5l-5 5";
            case ACTION_REQUIRED -> "M8 4.6v4M8 11.2v.1";
        };
        return "<svg width=\"18\" height=\"18\" viewBox=\"0 0 16 16\" fill=\"none\"><circle cx=\"8\" cy=\"8\" r=\"8\" fill=\""
                + colour
                + "\"/><path d=\"" + sign
                + "\" stroke=\"#fff\" stroke-width=\"1.6\" stroke-linecap=\"round\" stroke-linejoin=\"round\"/></svg>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    @Test
    void thePageShowsWhatCheckRunsSay() throws IOException {
        Files.writeString(PAGE, page());

        assertThat(page()).contains("<h1>Merging completes fix-login</h1>",
                "<li><strong><code>fix-login</code></strong>",
                "Check failure</b> on line 3", "<h1>Merged, completion waits in #13</h1>");
    }
}
