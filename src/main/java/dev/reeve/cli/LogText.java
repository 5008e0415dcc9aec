package dev.reeve.cli;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Bytes that come bit by bit → text that changes nothing in a terminal: what would is shown, not obeyed. A letter whose bytes come apart is kept until the rest of it is there. */
final class LogText {

    private static final int LONGEST_LETTER = 4;

    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private byte[] rest = new byte[0];

    /** What comes has nothing to do with what came. */
    void restart() {
        rest = new byte[0];
        decoder.reset();
    }

    String next(ByteBuffer bytes) {
        var all = ByteBuffer.allocate(rest.length + bytes.remaining()).put(rest).put(bytes).flip();
        var text = CharBuffer.allocate(all.remaining() + LONGEST_LETTER);
        decoder.decode(all, text, false);
        rest = new byte[all.remaining()];
        all.get(rest);
        return shown(text.flip().toString());
    }

    private static String shown(String text) {
        var plain = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\n' || c == '\t' || !(Character.isISOControl(c) || Character.getType(c) == Character.FORMAT)) {
                plain.appendCodePoint(c);
            } else if (c != '\r') {
                plain.append("\\u{%x}".formatted(c));
            }
        });
        return plain.toString();
    }
}
