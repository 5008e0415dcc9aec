package dev.reeve.decide;

import dev.reeve.model.Slug;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TaskLinesTest {

    @Test
    void readsEachNamedSlugOnceInOrder() {
        assertThat(TaskLines.in("Fixes it.\r\n\r\nTask: fix-login\r\n- Task: `add-search`\nTask: fix-login"))
                .containsExactly(new Slug("fix-login"), new Slug("add-search"));
    }

    @Test
    void ignoresWhatIsNoSlug() {
        assertThat(TaskLines.in("Task: ../../etc\nTask: -rf\nTask: Fix Login\nTask:\nmy Task: fix-login")).isEmpty();
    }

    @Test
    void ignoresWhatACommentHides() {
        assertThat(TaskLines.in("<!--\nTask: fix-login\n-->\nTask: add-search\n<!-- open\nTask: fix-login"))
                .containsExactly(new Slug("add-search"));
    }

    @Test
    void takesAtMostFifty() {
        var body = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            body.append("Task: task-").append(i).append('\n');
        }
        assertThat(TaskLines.in(body.toString())).hasSize(50);
    }

    @Property
    void neverFailsWhateverTheDescription(@ForAll String body) {
        assertThat(TaskLines.in(body)).doesNotContainNull();
    }
}
