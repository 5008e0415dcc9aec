package dev.reeve.model;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class OwnersTest {

    private static final OwnerKey DAVE = new OwnerKey("dave");

    private static Owners team() {
        var draft = Owners.draft();
        assertThat(draft.person("dave")).isEmpty();
        assertThat(draft.person("R.J.")).isEmpty();
        assertThat(draft.alias("dave", "dave.fowler")).isEmpty();
        assertThat(draft.login("dave", "octo-dave")).isEmpty();
        assertThat(draft.role("sr-engineer-architect", "Dave.Fowler")).isEmpty();
        return draft.build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dave", "davefowler", "Dave.Fowler", "@dave-fowler", "dave.fowler@example.com",
            "  DAVE_fowler ",
            "dave fowler", "@dave.fowler@corp"})
    void everySpellingIsTheSameOwner(String spelling) {
        assertThat(team().keyOf(spelling)).contains(DAVE);
        assertThat(team().route(spelling)).isEqualTo(new Owners.Routing.Routed(DAVE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "@", "@@dave", "a/b", "../dave", "dave\0", "da\nve", "dependabot[bot]", "...", "-",
            "@.@x"})
    void whatCannotBeAFileNameIsNoOwner(String spelling) {
        assertThat(team().keyOf(spelling)).isEmpty();
    }

    @Test
    void aTaskIsRoutedToThePersonItNamesOrToWhoHasItsRole() {
        assertThat(team().route("Sr Engineer Architect")).isEqualTo(new Owners.Routing.Routed(DAVE));
        assertThat(team().route("rj")).isEqualTo(new Owners.Routing.Routed(new OwnerKey("rj")));
        assertThat(team().route("octo-dave")).isInstanceOf(Owners.Routing.Unroutable.class);
    }

    @Test
    void whoIsNeitherPersonNorRoleIsUnroutableAndTheReasonSaysWhatToDo() {
        assertThat(team().route("sr-designer\u001b[2J")).isInstanceOfSatisfying(Owners.Routing.Unroutable.class,
                unroutable -> assertThat(unroutable.reason()).contains("sr-designer")
                        .contains(".reeve.yml")
                        .doesNotContain("\u001b"));
    }

    @Test
    void whoRunsTheAgentIsAPersonWithoutBeingConfigured() {
        assertThat(Owners.none().route("dave")).isInstanceOf(Owners.Routing.Unroutable.class);
        assertThat(Owners.none().including(DAVE).route("Dave")).isEqualTo(new Owners.Routing.Routed(DAVE));
        assertThat(Owners.none().including(DAVE).route("rj")).isInstanceOf(Owners.Routing.Unroutable.class);
    }

    @Test
    void aConfiguredLoginNamesItsOwnerAndAnyOtherIsASpelling() {
        assertThat(team().ofGitHubLogin("Octo-Dave")).contains(DAVE);
        assertThat(team().ofGitHubLogin("davefowler")).contains(DAVE);
        assertThat(team().ofGitHubLogin("octodave")).contains(new OwnerKey("octodave"));
        assertThat(team().ofGitHubLogin("dependabot[bot]")).isEmpty();
    }

    @Test
    void conflictsAreTold() {
        var draft = Owners.draft();
        draft.person("dave");
        draft.person("rj");
        assertThat(draft.person("Da-ve")).hasValueSatisfying(m -> assertThat(m).contains("same owner"));
        assertThat(draft.person("a/b")).isPresent();
        assertThat(draft.alias("dave", "RJ")).hasValueSatisfying(m -> assertThat(m).contains("an owner itself"));
        assertThat(draft.alias("dave", "df")).isEmpty();
        assertThat(draft.alias("dave", "d.f")).isEmpty();
        assertThat(draft.alias("rj", "d-f")).hasValueSatisfying(m -> assertThat(m).contains("belongs to dave"));
        assertThat(draft.login("dave", "same")).isEmpty();
        assertThat(draft.login("rj", "SAME")).isPresent();
        assertThat(draft.login("rj", "not a login")).isPresent();
        assertThat(draft.role("df", "rj")).hasValueSatisfying(m -> assertThat(m).contains("a role and an owner"));
        assertThat(draft.role("qa", "nobody")).hasValueSatisfying(m -> assertThat(m).contains("not among the owners"));
        assertThat(draft.role("qa", "rj")).isEmpty();
        assertThat(draft.role("Q.A.", "dave")).isPresent();
        assertThat(draft.build().keyOf("d_f")).contains(DAVE);
    }

    @Test
    void withoutOwnersWhoHasARoleIsAPerson() {
        var draft = Owners.draft();
        assertThat(draft.role("architect", "dave")).isEmpty();
        assertThat(draft.build().route("dave")).isEqualTo(new Owners.Routing.Routed(DAVE));
    }

    @Property(tries = 500)
    void theCanonicalKeyOfACanonicalKeyIsItself(@ForAll String anything) {
        team().keyOf(anything).ifPresent(key -> assertThat(team().keyOf(key.value())).contains(key));
    }

    @Property(tries = 300)
    void signsCaseAndDomainDoNotCount(@ForAll("names") String name, @ForAll("signs") String sign) {
        var spelled = "@" + String.join(sign, name.toUpperCase(java.util.Locale.ROOT).split("")) + "@example.com";
        assertThat(team().keyOf(spelled)).isEqualTo(team().keyOf(name));
    }

    @Property(tries = 300)
    void anythingEndsInAKeyThatIsSafeInAFileNameOrInNothing(@ForAll String anything) {
        team().keyOf(anything)
                .ifPresent(key -> assertThat(key.value()).doesNotContain("/", ".", "\0", "\\").isNotEmpty());
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings().withCharRange('a', 'z').numeric().ofMinLength(1).ofMaxLength(20);
    }

    @Provide
    Arbitrary<String> signs() {
        return Arbitraries.of(".", "_", "-", " ", "._- ");
    }
}
