package dev.reeve.intake;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The {@code payload} field of an {@code application/x-www-form-urlencoded} body. */
final class FormBody {

    private static final byte[] FIELD = "payload=".getBytes(StandardCharsets.US_ASCII);

    private FormBody() {}

    /** The decoded value of the one {@code payload} field; other fields are passed over. */
    static byte[] payload(byte[] body) throws RefusedException {
        int found = -1;
        for (int start = 0; start < body.length; start = end(body, start) + 1) {
            if (isPayload(body, start)) {
                if (found >= 0) {
                    throw RefusedException.malformed("the form has more than one field payload");
                }
                found = start;
            }
        }
        if (found < 0) {
            throw RefusedException.malformed("the form has no field payload");
        }
        return decoded(body, found + FIELD.length, end(body, found));
    }

    private static boolean isPayload(byte[] body, int start) {
        return body.length - start >= FIELD.length
                && Arrays.equals(body, start, start + FIELD.length, FIELD, 0, FIELD.length);
    }

    private static int end(byte[] body, int start) {
        int end = start;
        while (end < body.length && body[end] != '&') {
            end++;
        }
        return end;
    }

    private static byte[] decoded(byte[] body, int from, int to) throws RefusedException {
        var out = new ByteArrayOutputStream(to - from);
        for (int at = from; at < to; at++) {
            if (body[at] == '%') {
                out.write(escaped(body, at, to));
                at += 2;
            } else {
                out.write(body[at] == '+' ? ' ' : body[at]);
            }
        }
        return out.toByteArray();
    }

    private static int escaped(byte[] body, int at, int to) throws RefusedException {
        int high = at + 1 < to ? Character.digit(body[at + 1], 16) : -1;
        int low = at + 2 < to ? Character.digit(body[at + 2], 16) : -1;
        if (high < 0 || low < 0) {
            throw RefusedException.malformed("the form has a malformed escape");
        }
        return high << 4 | low;
    }
}
