package dev.reeve.model;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PressTest {

    @ParameterizedTest
    @EnumSource
    void whatATriggerSaysIsReadAgain(Press.Kind kind) {
        for (var login : new String[]{"bob", "octo_acme", "dependabot[bot]", "a-b"}) {
            var press = new Press(login, kind, null);
            assertThat(Press.in(Trigger.of(press.cause()))).contains(press);
            assertThat(Press.in(Trigger.of(press.of(7).cause()))).contains(press.of(7));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"forced by admin token (dave@vm): reeve redeliver", "forced by bob: button delete",
            "forced by bob:re-run", "forced was not completed: forced by bob: re-run", "forced by bob: re-run of 0x",
            "pull_request closed", ""})
    void otherCausesAreNone(String cause) {
        assertThat(Press.in(Trigger.of(cause))).isEmpty();
    }

    @Property
    void noTextMakesAPressOfNobody(@ForAll String text) {
        assertThat(Press.in(Trigger.of(text))).isEmpty();
        assertThat(Press.Kind.ofButton(text)).isEmpty();
    }

    @Test
    void onlyOurButtonsAreKnown() {
        assertThat(Press.Kind.ofButton("reconcile")).contains(Press.Kind.RECONCILE);
        assertThat(Press.Kind.ofButton("reconcile-all")).contains(Press.Kind.RECONCILE_ALL);
        assertThat(Press.Kind.ofButton("re-run")).isEmpty();
    }
}
