package dev.reeve.kit;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * For all test classes, of which several run at once: what one leaves to die in a thread of its own (crash tests do) must not fail whatever another one
 * awaits, and what is logged is told apart by whose thread logged it.
 */
public final class SideBySide implements BeforeAllCallback {

    static {
        // Made known to JUnit before any class runs: whoever asks for a logger while another thread sets logging up gets a substitute that isn't Logback's.
        LoggerFactory.getLogger(SideBySide.class);
    }

    /** Threads inherit it, and so do those that a server starts. */
    private static final InheritableThreadLocal<@Nullable Class<?>> TEST_CLASS = new InheritableThreadLocal<>();

    @Override
    public void beforeAll(ExtensionContext context) {
        TEST_CLASS.set(context.getRequiredTestClass());
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
    }

    /** The test class that this thread works for; null in threads that are everybody's. */
    static @Nullable Class<?> testClass() {
        return TEST_CLASS.get();
    }
}
