package dev.reeve.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A part of a page of the documentation that says what the code says: between {@code <!-- name -->} and {@code <!-- end of name -->}. With
 * {@code -Dreeve.docs=write} it is written anew, else it has to be right.
 */
public record GeneratedPart(Path page, String name) {

    public static boolean isWritten() {
        return "write".equals(System.getProperty("reeve.docs"));
    }

    private String begin() {
        return "<!-- " + name + " -->\n";
    }

    private String end() {
        return "<!-- end of " + name + " -->";
    }

    /** What stands there. */
    public String text() throws IOException {
        var whole = Files.readString(page);
        return whole.substring(whole.indexOf(begin()) + begin().length(), whole.indexOf(end())).strip();
    }

    /** That this stands there. */
    public void is(String generated) throws IOException {
        if (isWritten()) {
            var whole = Files.readString(page);
            var before = whole.substring(0, whole.indexOf(begin()) + begin().length());
            Files.writeString(page, before + "\n" + generated + "\n\n" + whole.substring(whole.indexOf(end())));
        }
        assertThat(text()).as("%s is made anew by running this test with -Dreeve.docs=write", page)
                .isEqualTo(generated);
    }
}
