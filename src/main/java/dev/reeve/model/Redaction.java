package dev.reeve.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes secrets out of text that leaves the process: logs, messages, pages, check runs. Tokens and keys are known by their form, whatever surrounds them; what the server
 * was configured with is known word for word.
 *
 * <p>This is the last line, not the first: no message is meant to hold a secret. It is here for the texts of others (git, GitHub, libraries) that repeat what they were given.
 *
 * <p><b>Threading</b>: any thread.
 */
public final class Redaction {

    private static final String MASK = "***";
    private static final int SHORTEST = 8;

    /** Without one of these a text holds no secret that is known by its form: nearly all texts are passed on after this look. */
    private static final List<String> HINTS = List.of("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "v1.",
            "eyJ", "eC1hY2Nlc3Mt", "-----BEGIN", "-----END", "://", "x-access-token", "uthorization", "UTHORIZATION",
            "earer", "EARER", "_token", "_Token", "_TOKEN", "_secret", "_Secret", "_SECRET", "assword=", "ASSWORD=");

    /** None goes back over more than a few characters, and none is tried twice on the same run of them: who writes the text chooses how long it is. */
    private static final List<Rule> RULES = List.of(
            new Rule("-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----.*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----|\\z)",
                    MASK),
            // Tokens of GitHub: 36 letters and digits, or, since 2026, a number and a JWT, with dots; of old servers, 40 hexadecimal digits.
            new Rule("gh[pousr]_(?:[A-Za-z0-9]{1,20}_)?[A-Za-z0-9]{20,}+[A-Za-z0-9_.-]*+", MASK),
            new Rule("gh[pousr]_(?:[0-9]{1,20}_eyJ[A-Za-z0-9_.-]{20,}+|[A-Za-z0-9_.-]{100,}+)", MASK),
            new Rule("github_pat_[A-Za-z0-9_]{20,}+", MASK), new Rule("v1\\.[0-9a-f]{40}", MASK),
            // Header and payload of a JWT are objects in Base64, both of which begin like this.
            new Rule(
                    "(?<![A-Za-z0-9_-])((?>[A-Za-z0-9_-]*?(?=eyJ)))eyJ[A-Za-z0-9_-]{8,}+\\.eyJ[A-Za-z0-9_-]{4,}+(?:\\.[A-Za-z0-9_-]*+)?",
                    "$1" + MASK),
            new Rule("(x-access-token:)[^@\\s\"']++", "$1" + MASK),
            // The same in Base64, as git sends it.
            new Rule("eC1hY2Nlc3MtdG9rZW46[A-Za-z0-9+/=_-]++", MASK),
            new Rule(
                    "(?i)(authorization[\\\\\"'\\s]*+[:=][\\\\\"'\\s:=\\[({]*+(?:basic|bearer|token)\\s++)[^\\s\"',\\\\\\])}]++",
                    "$1" + MASK),
            new Rule("(?i)(authorization[\\\\\"'\\s]*+[:=][\\\\\"'\\s:=\\[({]*+digest\\s++)[^\\r\\n]++", "$1" + MASK),
            new Rule("(?i)(bearer\\s++)(?=[^\\s]{0,200}[0-9])[A-Za-z0-9._~+/=-]{16,}+", "$1" + MASK),
            new Rule("(?i)((?:access_token|refresh_token|client_secret|password)=)[^\\s&\"']++", "$1" + MASK));

    private static volatile List<Hidden> hidden = List.of();

    /** Secrets that are taken out word for word, until this is closed. */
    public static final class Hidden implements AutoCloseable {

        private final List<String> texts;

        private Hidden(Collection<Secret> secrets) {
            this.texts = secrets.stream()
                    .map(Secret::reveal)
                    .map(String::strip)
                    .filter(text -> text.length() >= SHORTEST)
                    .distinct()
                    .sorted(Comparator.comparingInt(String::length).reversed())
                    .toList();
        }

        /** From now on they may be seen. */
        @Override
        public void close() {
            show(this);
        }
    }

    private record Rule(Pattern pattern, String replacement) {

        Rule(String pattern, String replacement) {
            this(Pattern.compile(pattern, Pattern.DOTALL), replacement);
        }

        String applyTo(String text) {
            return pattern.matcher(text).replaceAll(replacement);
        }
    }

    private Redaction() {}

    /** From now on these are taken out word for word; those of fewer than eight characters are not, since they are found inside of ordinary words. */
    public static synchronized Hidden hide(Collection<Secret> secrets) {
        var more = new Hidden(secrets);
        hidden = Stream.concat(hidden.stream(), Stream.of(more)).toList();
        return more;
    }

    private static synchronized void show(Hidden again) {
        hidden = hidden.stream().filter(one -> !one.equals(again)).toList();
    }

    /** The text without secrets; the very same when it holds none. */
    public static String of(String text) {
        var open = text;
        for (var secrets : hidden) {
            for (var secret : secrets.texts) {
                open = open.replace(secret, MASK);
            }
        }
        return mayHoldOne(open) ? byForm(open) : open;
    }

    /** For whoever measures them. */
    static Stream<Pattern> patterns() {
        return RULES.stream().map(Rule::pattern);
    }

    private static boolean mayHoldOne(String text) {
        return HINTS.stream().anyMatch(text::contains);
    }

    private static String byForm(String text) {
        // An address goes first: what else is found inside of its password ends earlier.
        var open = AddressSecrets.masked(text, MASK);
        for (var rule : RULES) {
            open = rule.applyTo(open);
        }
        return PemTails.masked(open, MASK);
    }
}
