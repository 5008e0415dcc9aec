package dev.reeve.app;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PartsTest {

    private final List<String> closed = new ArrayList<>();
    private final Parts parts = new Parts();

    private void keep(String name) {
        parts.kept(() -> closed.add(name));
    }

    @Test
    void whatWasMadeLastIsClosedFirstAndOnce() {
        keep("inbox");
        parts.kept(() -> {
            throw new IllegalStateException("stuck");
        });
        keep("web");
        parts.close();
        parts.close();

        assertThat(closed).containsExactly("web", "inbox");
    }

    @Test
    void whatWasMadeForSomethingThatFailedIsClosedAndTheRestStays() {
        keep("inbox");
        parts.allOrNone(() -> keep("sites"));
        assertThatThrownBy(() -> parts.allOrNone(() -> {
            keep("gitHub");
            keep("runner");
            throw new IllegalArgumentException("no key");
        })).hasMessage("no key");

        assertThat(closed).containsExactly("runner", "gitHub");
        parts.close();
        assertThat(closed).containsExactly("runner", "gitHub", "sites", "inbox");
    }
}
