package dev.reeve.config;

import dev.reeve.model.Owners;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class ReferenceTest {

    private static final Path EXAMPLE = Path.of("docs/reeve.example.yml");
    private static final String BEGIN = "<!-- reference -->\n";
    private static final String END = "<!-- end of reference -->";

    @Test
    void theReferenceInTheDocumentationIsWhatTheCodeDeclares() throws IOException {
        var page = Files.readString(Path.of("docs/configuration.md"));
        var written = page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END));

        assertThat(written.strip()).as("replace the part between the marks by %s", ConfigurationReference.markdown())
                .isEqualTo(ConfigurationReference.markdown().strip());
    }

    @Test
    void theExampleIsValidAndShowsEveryKey() throws IOException {
        var read = TeamConfiguration.read("docs/reeve.example.yml", Files.readAllBytes(EXAMPLE));

        assertThat(read).isInstanceOf(Configured.Valid.class);
        assertThat(read.origins()).filteredOn(o -> o.source() instanceof Source.InFile)
                .extracting(Configured.Origin::key)
                .containsExactlyInAnyOrderElementsOf(
                        ConfigurationReference.team().stream().map(ConfigurationReference.Row::key).toList());
    }

    @Test
    void theRecordHasAComponentForEveryKey() {
        assertThat(components("", TeamConfiguration.class))
                .containsExactlyInAnyOrderElementsOf(
                        ConfigurationReference.team().stream().map(ConfigurationReference.Row::key).toList());
    }

    private static Stream<String> components(String prefix, Class<?> type) {
        return Arrays.stream(type.getRecordComponents()).flatMap(c -> keys(prefix, c));
    }

    private static Stream<String> keys(String prefix, RecordComponent component) {
        var key = prefix + component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        if (component.getType() == Owners.class) {
            return Stream.of("owners", "roles");
        }
        return component.getType().getEnclosingClass() == TeamConfiguration.class && component.getType().isRecord()
                ? components(key + ".", component.getType())
                : Stream.of(key);
    }
}
