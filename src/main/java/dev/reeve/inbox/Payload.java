package dev.reeve.inbox;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** The JSON of a delivery, byte for byte as it was signed. Its text form says only how large it is. */
public final class Payload {

    private final byte[] bytes;

    private Payload(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The payload that these bytes are; they are not copied and must not change afterwards. */
    public static Payload of(byte[] bytes) {
        return new Payload(bytes);
    }

    /** Its length in bytes. */
    public int size() {
        return bytes.length;
    }

    /** Reads it from the beginning. */
    public InputStream open() {
        return new ByteArrayInputStream(bytes);
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public String toString() {
        return "payload of " + bytes.length + " bytes";
    }
}
