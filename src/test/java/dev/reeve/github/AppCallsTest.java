package dev.reeve.github;

import dev.reeve.kit.FakeApp;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

class AppCallsTest extends GitHubTestCase {

    @Test
    void anAppThatGitHubDoesNotKnowAcceptsNoKey() {
        try (var other = new GitHubApp(endpoint(), new AppIdentity("4712", identity().keys()), clock)) {
            assertThatThrownBy(() -> other.inquiry().registration()).hasMessageContaining("no App with the id 4712");

            assertThat(other.accepted(fingerprint())).isZero();
            assertThat(other.inquiry().keys()).extracting(AppInquiry.Key::refusal)
                    .allSatisfy(refusal -> assertThat(refusal).contains("Integration not found"));
        }
        app.inquiry().registration();
        assertThat(app.accepted(fingerprint())).isEqualTo(1);
    }

    private String fingerprint() {
        return identity().keys().getFirst().fingerprint();
    }

    @Test
    void gitHubsTimeComesWithEachKeyAcceptedOrNot() {
        var unknown = AppKey.parse(FakeApp.pem("PRIVATE KEY", FakeApp.newKey().getPrivate().getEncoded()), "test");
        try (var both = new GitHubApp(endpoint(),
                new AppIdentity("4711", Stream.of(identity().keys(), unknown).flatMap(List::stream).toList()), clock)) {
            assertThat(both.inquiry().keys())
                    .extracting(key -> key.refusal().isEmpty(), key -> key.clockError().isPresent())
                    .containsExactly(tuple(true, true),
                            tuple(false, true));
        }
    }
}
