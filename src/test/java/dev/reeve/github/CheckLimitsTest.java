package dev.reeve.github;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

import static org.assertj.core.api.Assertions.assertThat;

class CheckLimitsTest {

    @Property(tries = 300)
    void whatIsCutFitsAndIsStillUnicode(@ForAll @StringLength(max = 400) String text,
            @ForAll @IntRange(min = 100, max = 300) int longest) {
        assertThat(CheckLimits.fit(text, longest, "")).hasSizeLessThanOrEqualTo(longest).satisfies(fitted -> {
            if (text.length() <= longest) {
                assertThat(fitted).isEqualTo(text);
            } else {
                assertThat(unpaired(fitted)).isLessThanOrEqualTo(unpaired(text));
            }
        });
        assertThat(CheckLimits.line(text, longest)).hasSizeLessThanOrEqualTo(longest).doesNotContain("\n", "\r");
    }

    private static long unpaired(String text) {
        return text.codePoints().filter(c -> Character.getType(c) == Character.SURROGATE).count();
    }
}
