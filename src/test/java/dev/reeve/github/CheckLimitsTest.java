package dev.reeve.github;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class CheckLimitsTest {

    private static int bytes(String text) {
        return text.getBytes(UTF_8).length;
    }

    @Property(tries = 300)
    void whatIsCutFitsAndIsStillUnicode(@ForAll @StringLength(max = 400) String text,
            @ForAll @IntRange(min = -100, max = 300) int longest) {
        assertThat(CheckLimits.fit(text, longest, "https://example.com")).satisfies(fitted -> {
            assertThat(bytes(fitted)).isLessThanOrEqualTo(Math.max(0, longest));
            if (bytes(text) <= longest) {
                assertThat(fitted).isEqualTo(text);
            } else {
                assertThat(unpaired(fitted)).isLessThanOrEqualTo(unpaired(text));
            }
        });
    }

    @Property(tries = 300)
    void aLineIsOneAndFits(@ForAll @StringLength(max = 400) String text,
            @ForAll @IntRange(min = 3, max = 300) int longest) {
        assertThat(CheckLimits.line(text, longest)).doesNotContain("\n", "\r")
                .satisfies(line -> assertThat(bytes(line)).isLessThanOrEqualTo(longest));
    }

    @Test
    void howMuchIsMissingIsSaidAndWhereItIs() {
        var cut = CheckLimits.fit("🦉".repeat(1_000), 1_000, "https://example.com");

        var kept = cut.codePoints().filter(c -> c == "🦉".codePointAt(0)).count();
        assertThat(kept).isBetween(200L, 250L);
        assertThat(cut).endsWith("… cut here: %d characters more than GitHub takes. All of it: https://example.com"
                .formatted(2 * (1_000 - kept)));
    }

    @Test
    void whatIsCodeIsNotCutInTwo() {
        var lines = "- `@acme/all` and so on\n".repeat(100);
        for (int longest = 500; longest < 550; longest++) {
            assertThat(CheckLimits.fit(lines, longest, "").lines().filter(line -> line.startsWith("-")))
                    .isNotEmpty()
                    .allMatch(line -> line.equals("- `@acme/all` and so on"));
        }
    }

    private static long unpaired(String text) {
        return text.codePoints().filter(c -> Character.getType(c) == Character.SURROGATE).count();
    }
}
