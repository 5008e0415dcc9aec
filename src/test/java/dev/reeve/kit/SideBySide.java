package dev.reeve.kit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** For all test classes, of which several run at once: what one leaves to die in a thread of its own (crash tests do) must not fail whatever another one awaits. */
public final class SideBySide implements BeforeAllCallback {

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
    }
}
