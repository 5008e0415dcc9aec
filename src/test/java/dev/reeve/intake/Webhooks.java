package dev.reeve.intake;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Webhooks as GitHub sends them, for tests to send and to spoil. */
public final class Webhooks {

    public static final String SECRET = "It's a Secret to Everybody";
    public static final String GUID = "72d3162e-cc78-11e3-81ab-4c9367dc0958";

    private Webhooks() {}

    public static String signature(String secret, byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The headers of a delivery of the event with the body, in any case of name. */
    public static Map<String, List<String>> headers(String event, byte[] body) {
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Content-Type", new ArrayList<>(List.of("application/json")));
        headers.put("X-GitHub-Hook-ID", new ArrayList<>(List.of("292430182")));
        headers.put("X-GitHub-Delivery", new ArrayList<>(List.of(GUID)));
        headers.put("X-GitHub-Event", new ArrayList<>(List.of(event)));
        headers.put("X-Hub-Signature-256", new ArrayList<>(List.of(signature(SECRET, body))));
        return headers;
    }

    public static String pullRequest(String action, int number) {
        return """
                {"action":"%s","number":%d,"pull_request":{"number":%d,"merged":true,"user":{"login":"octocat","number":7},
                "title":"A \\"quoted\\" title \\u00e9"},"repository":{"id":35129377,"full_name":"Acme/Shop","owner":{"full_name":"x/y"},
                "default_branch":"main"},"installation":{"id":5}}"""
                .formatted(action, number, number);
    }

    public static String push(String ref, String before, String after, String flags) {
        return """
                {"ref":"%s","before":"%s","after":"%s",%s"commits":[{"id":"x","added":["tasks/a.md"]}],
                "repository":{"full_name":"Acme/Shop","default_branch":"main"},"installation":{"id":5}}"""
                .formatted(ref, before, after, flags);
    }
}
