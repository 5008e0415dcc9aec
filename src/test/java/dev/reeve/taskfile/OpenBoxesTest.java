package dev.reeve.taskfile;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class OpenBoxesTest {

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

    private static List<String> boxes(String body) {
        return OpenBoxes.in(body.getBytes(StandardCharsets.UTF_8), 0);
    }
}
