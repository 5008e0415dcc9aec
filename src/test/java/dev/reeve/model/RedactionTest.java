package dev.reeve.model;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class RedactionTest {

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    /** What is secret, and how it is written. */
    record Leak(String secret, String written) {}

    @Property(tries = 2000)
    void whateverSurroundsATokenNoneOfItComesOut(@ForAll("surroundings") String before, @ForAll("leaks") Leak leak,
            @ForAll("surroundings") String after) {
        assertThat(parts(Redaction.of(before + leak.written() + after), leak.secret())).isEmpty();
    }

    @Property(tries = 500)
    void norDoesItThroughWhatIsShownOnOneLine(@ForAll("surroundings") String before, @ForAll("leaks") Leak leak) {
        assertThat(parts(Text.plain(before + leak.written() + " and so on", 2000), leak.secret())).isEmpty();
    }

    @Property(tries = 500)
    void norDoesAConfiguredSecretOfAnyForm(@ForAll("surroundings") String before, @ForAll("passwords") String secret,
            @ForAll("surroundings") String after) {
        try (var _ = Redaction.hide(List.of(new Secret(secret)))) {
            assertThat(Redaction.of(before + "\"" + secret + "\"" + after)).doesNotContain(secret);
        }
    }

    /** The pieces of a secret of 12 characters that are still there. */
    private static List<String> parts(String text, String secret) {
        return java.util.stream.IntStream.rangeClosed(0, secret.length() - 12)
                .mapToObj(i -> secret.substring(i, i + 12))
                .filter(text::contains)
                .toList();
    }

    @Provide
    Arbitrary<String> surroundings() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withChars(LETTERS + " _-./:@\"'{}=\n\r\t\u001b\u2028é").ofMaxLength(40),
                Arbitraries.of("", "fatal: could not read ", "{\"token\":\"", "?access_token=", "tasks/", "key", "gh",
                        "eyJ",
                        "://", "-----BEGIN ", "Authorization: "));
    }

    @Provide
    Arbitrary<Leak> leaks() {
        var jwt = Combinators.combine(base64(20, 60), base64(20, 200), base64(43, 342))
                .as((header, payload, signature) -> "eyJ" + header + ".eyJ" + payload + "." + signature);
        var plain = Combinators.combine(Arbitraries.of("ghp_", "gho_", "ghu_", "ghs_", "ghr_"), letters(36, 251))
                .as(String::concat);
        var withNumber = Combinators.combine(Arbitraries.integers().between(1, 99_999_999), jwt)
                .as((app, token) -> "ghs_" + app + "_" + token);
        var withDots = Combinators.combine(letters(170, 172), letters(170, 172), letters(170, 172))
                .as((one, two, three) -> "ghs_" + one + "." + two + "." + three);
        var fineGrained = Combinators.combine(letters(22, 22), letters(59, 59))
                .as((one, two) -> "github_pat_" + one + "_" + two);
        var token = Arbitraries.oneOf(plain, withNumber, withDots, fineGrained, jwt);
        return Arbitraries.oneOf(token.map(text -> new Leak(text, text)), pem(),
                letters(20, 60)
                        .map(text -> new Leak(text, "https://x-access-token:" + text + "@github.com/acme/shop.git")),
                letters(20, 60).map(text -> new Leak(text, "postgresql://reeve:" + text + "@db/reeve")), tails(),
                hex().map(text -> new Leak(text, "https://" + text + "@github.example.com/acme/shop.git")),
                hex().map(text -> new Leak(text, "v1." + text)),
                Combinators.combine(written(), letters(20, 60)).as((how, text) -> new Leak(text, how.formatted(text))));
    }

    /** Ways in which programs write credentials. */
    private static Arbitrary<String> written() {
        return Arbitraries.of("Authorization: Bearer %s", "AUTHORIZATION: basic %s", "\"authorization\":\"token %s\"",
                "{proxy-authorization=[Basic %s]}", "{\\\"Authorization\\\": \\\"Bearer %s\\\"}",
                "Proxy-Authorization:          Basic            %s",
                "authorization: Digest username=\"reeve\", response=\"%s\"",
                "https://user:pa/ss/%s@host/x", "https://user:p@ss%s@host/x", "https://me@example.com:%s@host/x",
                "https://github.example.com/?access_token=%s", "client_secret=%s&grant_type=x",
                "jdbc:postgresql://db/reeve?user=reeve&password=%s&ssl=true", "eC1hY2Nlc3MtdG9rZW46%s==",
                "https://%s:x-oauth-basic@github.com/acme/shop.git", "https://x-access-token:%s");
    }

    private static Arbitrary<String> hex() {
        return Arbitraries.strings().withChars("0123456789abcdef").ofLength(40);
    }

    /** The end of a private key. */
    private static Arbitrary<Leak> tails() {
        return Combinators
                .combine(Arbitraries.strings().withChars(LETTERS + "+/").ofMinLength(20).ofMaxLength(400),
                        Arbitraries.of("\n", "\\n", " "), Arbitraries.of("RSA ", ""))
                .as((body, line, kind) -> new Leak(body,
                        String.join(line, body.split("(?<=\\G.{64})")) + line + "-----END " + kind
                                + "PRIVATE KEY-----"));
    }

    private static Arbitrary<Leak> pem() {
        return Combinators
                .combine(Arbitraries.of("RSA ", "", "ENCRYPTED ", "EC "), base64(100, 1600),
                        Arbitraries.of("\n", "\\n", " "))
                .as((kind, body, line) -> new Leak(body, "-----BEGIN " + kind + "PRIVATE KEY-----" + line
                        + String.join(line, body.split("(?<=\\G.{64})")) + line + "-----END " + kind
                        + "PRIVATE KEY-----"));
    }

    @Provide
    Arbitrary<String> passwords() {
        return Arbitraries.strings()
                .ascii()
                .excludeChars(' ', '\n', '\r', '\t')
                .ofMinLength(16)
                .ofMaxLength(64)
                .filter(text -> text.strip().equals(text));
    }

    private static Arbitrary<String> letters(int least, int most) {
        return Arbitraries.strings().withChars(LETTERS).ofMinLength(least).ofMaxLength(most);
    }

    private static Arbitrary<String> base64(int least, int most) {
        return Arbitraries.strings().withChars(LETTERS + "-_").ofMinLength(least).ofMaxLength(most);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fix the login", "0123456789abcdef0123456789abcdef01234567",
            "tasks/highs_and_lows_of_the_market_in_2026.md", "src/main/java/dev/reeve/github/GitHubApp.java:12:3",
            "sighs_of_a_developer_who_has_seen_everything_twice_already", "https://github.com/acme/shop/pull/12",
            "https://ghe.example.com:8443/api/v3", "git@github.com:acme/shop.git", "ghp_ is how tokens begin",
            "SHA256:uNiVztksCsDhcc0u9e8BrrJXVGDdNNRHhmBb1Q8m1hs=", "the bearer of bad news", "authorization: see docs",
            "keyJsonDocument.configurationOfTheServer.value", "-----BEGIN PUBLIC KEY-----", "v1.2.3-rc.1+build.5",
            "user@example.com: https://example.com/a:b@c", "basic authentication", "authorization: basic, or none",
            "ssh://git@github.com/acme/shop.git", "https://user@example.com/x", "-----END PUBLIC KEY-----",
            "the password= of nobody", "v1.25.0", "https://localhost:8080/setup"})
    void ordinaryTextIsLeftAsItIs(String text) {
        assertThat(Redaction.of(text)).isSameAs(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://0123456789abcdef0123456789abcdef01234567@ghe/x  | https://***@ghe/x
            https://user:pa/ss@host/x                               | https://user:***@host/x
            https://user:p@ss@host/x then a@b                       | https://user:***@host/x then a@b
            https://me@example.com:secret@host/x                    | https://me@example.com:***@host/x
            see https://host/a and https://u:p@host                 | see https://host/a and https://u:***@host
            "https://u:p@host","by":"a@b"                           | "https://u:***@host","by":"a@b"
            ?access_token=abc&x=1                                   | ?access_token=***&x=1
            jdbc:postgresql://db/x?password=a;b&ssl=true            | jdbc:postgresql://db/x?password=***&ssl=true
            {proxy-authorization=[Basic dXNlcjpw]}                  | {proxy-authorization=[Basic ***]}
            {\\"Authorization\\": \\"Bearer abc\\"}                     | {\\"Authorization\\": \\"Bearer ***\\"}
            key. MIIEabc -----END RSA PRIVATE KEY----- end          | key.***-----END RSA PRIVATE KEY----- end
            with v1.0123456789abcdef0123456789abcdef01234567 gone   | with *** gone
            """)
    void onlyWhatIsSecretIsTakenOut(String text, String open) {
        assertThat(Redaction.of(text)).isEqualTo(open);
    }

    /** Counts how often it is looked at. */
    private static final class Watched implements CharSequence {
        private final String text;
        private long looks;

        Watched(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            looks++;
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }
    }

    @Property(tries = 300)
    void howeverATextIsMadeTheWorkGrowsAsItsLength(@ForAll("hostile") List<String> pieces) {
        var piece = String.join("", pieces);
        var text = new Watched(piece.repeat(Math.max(1, 12_000 / Math.max(1, piece.length()))));
        Redaction.patterns().forEach(pattern -> {
            text.looks = 0;
            assertThat(pattern.matcher(text).replaceAll("")).isNotNull();
            assertThat(text.looks).as(pattern.pattern()).isLessThan(300L * text.length() + 1000);
        });
    }

    @Provide
    Arbitrary<List<String>> hostile() {
        return Arbitraries
                .of("eyJ", "://", "x-access-token:", "authorization", "authorization:", "bearer ", "basic ", "ghs_",
                        "-----BEGIN ", "-----END ", "PRIVATE KEY-----", "password=", "v1.", " ", "      ", "a", "A0",
                        ".",
                        "_", "\"", "\\", "@", "github_pat_", "abcdefghij0123456789")
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    @Test
    void aKeyThatWasCutOffIsTakenOutToTheEnd() {
        assertThat(Redaction.of("key: -----BEGIN RSA PRIVATE KEY-----\nMIIEabc\nMII")).isEqualTo("key: ***");
    }

    @Test
    void whatStandsBesideASecretIsStillSaid() {
        assertThat(Redaction.of("fatal: https://x-access-token:abc@github.com/acme/shop.git: 403"))
                .isEqualTo("fatal: https://x-access-token:***@github.com/acme/shop.git: 403");
        try (var _ = Redaction.hide(
                List.of(new Secret("hunter2hunter2"), new Secret("short"), new Secret("hunter2hunter2-longer")))) {
            assertThat(Redaction.of("short: hunter2hunter2, hunter2hunter2-longer.")).isEqualTo("short: ***, ***.");
        }
        assertThat(Redaction.of("hunter2hunter2")).isEqualTo("hunter2hunter2");
    }
}
