package dev.reeve.demo;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class DemoTest {

    @Test
    void theStoryEndsAsItShould(@TempDir Path folder) throws Exception {
        var told = new ArrayList<String>();

        new Demo(new Listener(told), Clock.systemUTC()).run(folder.toRealPath());

        assertThat(told).contains("-status: ready            # queued on Monday",
                "+status: completed            # queued on Monday", "+pr_number: 12",
                "before  add-search  fix-login  speed-up-cart",
                "after   add-search  speed-up-cart", "reeve: success, Completed fix-login")
                .anySatisfy(line -> assertThat(line).contains("completed in", "register pruned", "no drift"))
                .anySatisfy(line -> assertThat(line).startsWith("nothing to do: "));
    }

    private record Listener(List<String> told) implements Teller {
        @Override
        public void title(String text) {
            told.add(text);
        }

        @Override
        public void step(String text) {
            told.add(text);
        }

        @Override
        public void say(String text) {
            told.add(text);
        }

        @Override
        public void diff(String line) {
            told.add(line);
        }
    }
}
