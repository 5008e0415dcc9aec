package dev.reeve.intake;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What the headers of a delivery say. Facts: GitHub's "Webhook events and payloads", delivery headers.
 *
 * @param hookId {@code X-GitHub-Hook-ID}
 * @param guid {@code X-GitHub-Delivery}
 * @param event {@code X-GitHub-Event}
 * @param signature the digest that {@code X-Hub-Signature-256} gives
 */
public record Envelope(Body body, long hookId, String guid, String event, Signature signature) {

    private static final Pattern HOOK_ID = Pattern.compile("[1-9][0-9]{0,17}");
    private static final Pattern GUID = Pattern.compile("[0-9A-Za-z][0-9A-Za-z-]{0,63}");
    private static final Pattern EVENT = Pattern.compile("[a-z][a-z_]{0,63}");

    /** How the payload is wrapped. */
    public enum Body {
        JSON, FORM
    }

    static Envelope read(Headers headers, long declaredLength) throws RefusedException {
        if (declaredLength > Intake.LARGEST_BODY) {
            throw new RefusedException(Refusal.TOO_LARGE, Intake.TOO_LARGE);
        }
        var body = body(headers);
        var hookId = Long.parseLong(required(headers, "X-GitHub-Hook-ID", HOOK_ID));
        var guid = required(headers, "X-GitHub-Delivery", GUID);
        var event = required(headers, "X-GitHub-Event", EVENT);
        return new Envelope(body, hookId, guid, event, signature(headers));
    }

    static boolean isGuid(String text) {
        return GUID.matcher(text).matches();
    }

    static boolean isEvent(String text) {
        return EVENT.matcher(text).matches();
    }

    private static Body body(Headers headers) throws RefusedException {
        var values = headers.values("Content-Type");
        var type = values.size() == 1 ? values.getFirst() : "";
        int end = type.indexOf(';');
        return switch ((end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT)) {
            case "application/json" -> Body.JSON;
            case "application/x-www-form-urlencoded" -> Body.FORM;
            default -> throw new RefusedException(Refusal.UNSUPPORTED,
                    "Content-Type must be application/json or application/x-www-form-urlencoded");
        };
    }

    private static String required(Headers headers, String name, Pattern valid) throws RefusedException {
        return single(headers.values(name), value -> valid.matcher(value).matches(),
                RefusedException.malformed("the header " + name + " is missing, repeated or malformed"));
    }

    private static Signature signature(Headers headers) throws RefusedException {
        var value = single(headers.values("X-Hub-Signature-256"), Signature::isValid, new RefusedException(
                Refusal.UNAUTHORIZED, "the header X-Hub-Signature-256 is missing, repeated or malformed"));
        return Signature.parse(value);
    }

    private static String single(List<String> values, Function<String, Boolean> valid, RefusedException otherwise)
            throws RefusedException {
        if (values.size() != 1 || !valid.apply(values.getFirst())) {
            throw otherwise;
        }
        return values.getFirst();
    }
}
