package dev.reeve.intake;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The digest that a sender claims for a body; compared in constant time only. */
final class Signature {

    private static final Pattern VALID = Pattern.compile("sha256=[0-9a-fA-F]{64}");

    private final byte[] digest;

    private Signature(byte[] digest) {
        this.digest = digest;
    }

    static boolean isValid(String header) {
        return VALID.matcher(header).matches();
    }

    /** The signature of a header that {@link #isValid}. */
    static Signature parse(String header) {
        return new Signature(HexFormat.of().parseHex(header, "sha256=".length(), header.length()));
    }

    boolean matches(byte[] computed) {
        return MessageDigest.isEqual(digest, computed);
    }
}
