package dev.reeve.github;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A private key of the App, as GitHub hands it out (PKCS#1, {@code BEGIN RSA PRIVATE KEY}) or as PKCS#8.
 * It shows itself by its fingerprint only, which is the one that the App's settings list.
 */
public final class AppKey {

    private static final int SMALLEST = 2048;
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*)-----END \\1-----");
    /** What makes PKCS#8 of PKCS#1: version 0 and the algorithm, rsaEncryption without parameters. */
    private static final byte[] VERSION_AND_ALGORITHM = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

    private final PrivateKey key;
    private final String fingerprint;

    private AppKey(PrivateKey key, String fingerprint) {
        this.key = key;
        this.fingerprint = fingerprint;
    }

    /**
     * All keys in a PEM text, in its order.
     *
     * @param pem one or several blocks; {@code \n} written as two characters is taken for a line's end, because many
     *        places that set environment variables allow only one line
     * @param source where the text is from, for messages: {@code GITHUB_APP_PRIVATE_KEY} or a file's name
     * @throws IllegalArgumentException when there is none or one is unusable: which one, why, and what to do
     */
    public static List<AppKey> parse(String pem, String source) {
        var matcher = BLOCK.matcher(pem.replace("\\n", "\n"));
        var keys = new ArrayList<AppKey>();
        while (matcher.find()) {
            var where = source + ", key " + (keys.size() + 1);
            keys.add(of(matcher.group(1), matcher.group(2), where));
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException(source + " holds no whole key. It must hold the .pem file that GitHub"
                    + " gave for the App, from -----BEGIN RSA PRIVATE KEY----- to -----END RSA PRIVATE KEY-----.");
        }
        return List.copyOf(keys);
    }

    private static AppKey of(String type, String base64, String where) {
        return switch (type) {
            case "RSA PRIVATE KEY" -> read(asPkcs8(decode(base64, where)), where);
            case "PRIVATE KEY" -> read(decode(base64, where), where);
            case "ENCRYPTED PRIVATE KEY" -> throw unusable(where,
                    "it is encrypted. Remove the password: openssl pkcs8 -in KEY -out PLAIN");
            default -> throw unusable(where, "it is \"" + type + "\", not an RSA private key. Make a key in the"
                    + " App's settings (Private keys) and use that file");
        };
    }

    private static byte[] decode(String base64, String where) {
        try {
            return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
        } catch (IllegalArgumentException _) {
            // The decoder's message would quote a character of the key.
            throw unusable(where, base64.contains(":")
                    ? "it is encrypted. Remove the password: openssl rsa -in KEY -out PLAIN"
                    : "its lines are no Base64. Copy the file again, whole and unchanged");
        }
    }

    private static AppKey read(byte[] pkcs8, String where) {
        try {
            var factory = KeyFactory.getInstance("RSA");
            if (!(factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8)) instanceof RSAPrivateCrtKey key)) {
                throw unusable(where, "it lacks the numbers that belong to an RSA key. Use the file that GitHub gave");
            }
            if (key.getModulus().bitLength() < SMALLEST) {
                throw unusable(where, "it has fewer than " + SMALLEST + " bits. Make a new one in the App's settings");
            }
            var open = factory.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
            var digest = MessageDigest.getInstance("SHA-256").digest(open.getEncoded());
            return new AppKey(key, "SHA256:" + Base64.getEncoder().encodeToString(digest));
        } catch (GeneralSecurityException _) {
            // Neither the message nor the cause of a parser may travel: they can show parts of what was parsed.
            throw unusable(where, "it is damaged or no RSA key. Copy the file again, whole and unchanged");
        }
    }

    private static IllegalArgumentException unusable(String where, String why) {
        return new IllegalArgumentException(where + " can't be used: " + why + ".");
    }

    private static byte[] asPkcs8(byte[] pkcs1) {
        var octets = element(0x04, pkcs1);
        var content = new ByteArrayOutputStream();
        content.writeBytes(VERSION_AND_ALGORITHM);
        content.writeBytes(octets);
        return element(0x30, content.toByteArray());
    }

    /** One element of DER: its tag, its length in the shortest form, its content. */
    private static byte[] element(int tag, byte[] content) {
        var out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(content.length) + 7) / 8;
            out.write(0x80 | bytes);
            for (int i = bytes - 1; i >= 0; i--) {
                out.write(content.length >>> (8 * i));
            }
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    PrivateKey key() {
        return key;
    }

    /** {@code SHA256:…}, as the App's settings show it. */
    public String fingerprint() {
        return fingerprint;
    }

    @Override
    public String toString() {
        return "AppKey[" + fingerprint + "]";
    }
}
