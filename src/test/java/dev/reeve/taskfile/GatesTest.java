package dev.reeve.taskfile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class GatesTest {

    @Test
    void untickedBoxesOfBothGatesAreOpen() {
        assertThat(boxes("""
                - [ ] before any heading
                ## Problem
                - [ ] of another section
                ## QA Exploration
                - [x] QA exploration completed
                - [ ] Firefox
                ### By hand
                  * [ ] Phones
                1. [ ] Tablets
                ## Review Feedback ##
                - [X] Read
                - [ ] Review cleared
                - [ ]
                -[ ] no box
                - [] no box
                # Notes
                - [ ] after
                """)).containsExactly("Firefox", "Phones", "Tablets", "Review cleared", "");
    }

    @Test
    void codeFencesHideBoxesAndHeadings() {
        assertThat(boxes("""
                ## QA Exploration
                ````md
                - [ ] example
                ```
                ## Problem
                - [ ] example
                ````
                ~~~ x
                - [ ] example
                ~~~
                ``` not `a` fence
                - [ ] real
                """)).containsExactly("real");
    }

    @Test
    void aFenceThatIsNeverClosedHidesTheRest() {
        assertThat(boxes("## QA Exploration\n- [ ] a\n```\n- [ ] b\n")).containsExactly("a");
    }

    @Test
    void headingsAreFoundWhateverTheirCaseAndIndentation() {
        assertThat(boxes("   ##  qa exploration\r\n- [ ] a\r\n")).containsExactly("a");
        assertThat(boxes("##QA Exploration\n- [ ] a\n")).isEmpty();
        assertThat(boxes("### QA Exploration\n- [ ] a\n")).isEmpty();
    }

    @Test
    void linesMayEndInAnyOfTheThreeWays() {
        assertThat(boxes("prose\r## QA Exploration\r- [ ] a\r\n- [ ] b\n\n- [ ] c")).containsExactly("a", "b", "c");
    }

    private static List<String> boxes(String body) {
        return Gates.in(body.getBytes(StandardCharsets.UTF_8), 0).openBoxes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"- [x] Review cleared", "1. [X] Review cleared", "Looks good.",
            "- [ ] a\n- fixed in 1234abc",
            "<!-- by --> Dave says no", "### Round 1\nno", "<!-- two\nlines --> yes", "_a_ and _b_",
            "## Review feedback\nü",
            "`yes`", "<!-- a --><!-- b -->c"})
    void aTickedBoxOrWordsAreAReviewRecord(String answer) {
        assertThat(reviewed("## Review Feedback\n" + answer + "\n## Notes\n")).isTrue();
        assertThat(reviewed("   ##\treview feedback ##\r\n" + answer)).isTrue();
        assertThat(reviewed("### Review Feedback\n" + answer))
                .isEqualTo(answer.startsWith("##") && !answer.startsWith("###"));
        assertThat(reviewed("## QA Exploration\n" + answer))
                .isEqualTo(answer.startsWith("##") && !answer.startsWith("###"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "- [ ] Review cleared", "* [ ] Review cleared\n\n  1) [ ] and again",
            "<!-- answer here -->",
            "<!-- one\nword\n- [x] done\n-->", "_none yet_", "*None.*", "### Round 1", "---\n***", "-",
            "```\nLooks good.\n```",
            "~~~\n- [x] example", "# Notes\nwords", "<!-- never closed\nwords"})
    void whatATemplateSaysIsNoReviewRecord(String template) {
        assertThat(reviewed("Words.\n## Review Feedback\n" + template)).isFalse();
    }

    private static boolean reviewed(String body) {
        return Gates.in(body.getBytes(StandardCharsets.UTF_8), 0).reviewRecord();
    }
}
