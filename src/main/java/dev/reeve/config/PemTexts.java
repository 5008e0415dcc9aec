package dev.reeve.config;

import dev.reeve.model.Secret;

import java.util.List;
import java.util.regex.Pattern;

/** Finds the private keys in a text of PEM blocks. It looks at the lines between which they stand, never at the keys. */
sealed interface PemTexts {

    /** The keys, one PEM text each, never none. */
    record Keys(List<Secret> keys) implements PemTexts {}

    /** Why the text can't be used, without any of it. */
    record Unusable(String reason) implements PemTexts {}

    /** Splits a text; {@code \n} written out, as some files of variables force it, counts as a line's end. */
    static PemTexts split(Secret text) {
        var lines = text.reveal().contains("\n") ? text.reveal() : text.reveal().replace("\\n", "\n");
        var blocks = Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----.*?-----END \\1-----", Pattern.DOTALL)
                .matcher(lines)
                .results()
                .toList();
        for (var block : blocks) {
            switch (block.group(1)) {
                case "PRIVATE KEY", "RSA PRIVATE KEY" -> {
                }
                case "ENCRYPTED PRIVATE KEY" -> {
                    return new Unusable("the private key has a password: remove it with openssl pkey -in KEY -out NEW");
                }
                default -> {
                    return new Unusable(
                            "holds a " + block.group(1) + ", not a private key: take the .pem file from GitHub");
                }
            }
        }
        if (blocks.isEmpty()) {
            return new Unusable(
                    "is no PEM text: it must go from -----BEGIN RSA PRIVATE KEY----- to -----END RSA PRIVATE KEY-----");
        }
        if (lines.split("-----BEGIN ", -1).length - 1 != blocks.size()) {
            return new Unusable("holds a private key that is cut off: its -----END line is missing");
        }
        return new Keys(blocks.stream().map(block -> new Secret(block.group() + "\n")).toList());
    }
}
