package dev.reeve.github;

import dev.reeve.github.GitHubFailure.Kind;
import dev.reeve.kit.Trouble;
import dev.reeve.model.TaskPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class ContentsTest extends GitHubTestCase {

    private Optional<String> read(String path) {
        return client.file(new TaskPath(path)).map(bytes -> new String(bytes, UTF_8));
    }

    @Test
    void aFileOfTheDefaultBranchIsReadByteForByte() {
        var content = "größer: " + "x".repeat(500) + "\r\n\n";
        remote.commit("main", "main", Map.of(".reeve.yml", content));
        assertThat(read(".reeve.yml")).contains(content);
    }

    @Test
    void oneThatIsNotThereIsNothing() {
        assertThat(read(".reeve.yml")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "{\"type\": \"symlink\", \"target\": \"/etc/passwd\"}",
            "{\"type\": \"file\", \"encoding\": \"none\", \"content\": \"\"}",
            "{\"type\": \"file\", \"encoding\": \"base64\"}",
            "{\"type\": \"file\", \"encoding\": \"base64\", \"content\": \"%%\"}",
            "{\"type\": \"submodule\", \"content\": \"YQ==\"}"})
    void whatIsNoFileIsMalformed(String body) {
        github.next("GET .*/contents/.*", Trouble.body(200, body));
        assertFails(() -> read(".reeve.yml"), "contents/.reeve.yml").isEqualTo(new Kind.Malformed());
    }
}
