package dev.reeve.kit;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A delivery to a webhook. Delivering the same one twice is what a redelivery is: the GUID stays.
 *
 * @param guid {@code X-GitHub-Delivery}
 * @param body the bytes that are signed, as text
 */
public record FakeDelivery(String event, String guid, String body) {

    private static final AtomicLong GUIDS = new AtomicLong();
    /** One for each server, by its authority: stories are told side by side, and each hangs up on its own server only. */
    private static final Map<String, HttpClient> CLIENTS = new ConcurrentHashMap<>();

    private static HttpClient client(URI server) {
        return CLIENTS.computeIfAbsent(server.getAuthority(),
                _ -> HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
    }

    /** Ends the connections to this server that are kept open; it would wait for them when it stops. */
    static void hangUp(URI server) {
        var client = CLIENTS.remove(server.getAuthority());
        if (client != null) {
            client.shutdownNow();
        }
    }

    static FakeDelivery of(String event, ObjectNode payload) {
        return new FakeDelivery(event, new UUID(0x7265657665L, GUIDS.incrementAndGet()).toString(), payload.toString());
    }

    /** The same event with another body, for hostile ones. */
    public FakeDelivery withBody(String other) {
        return new FakeDelivery(event, guid, other);
    }

    /** {@code sha256=…}, as GitHub signs a body. */
    public static String signature(String secret, byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The headers that GitHub sends with it. */
    public Map<String, String> headers(String secret) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", "application/json");
        headers.put("User-Agent", "GitHub-Hookshot/0000000");
        headers.put("X-GitHub-Event", event);
        headers.put("X-GitHub-Delivery", guid);
        headers.put("X-GitHub-Hook-ID", "471100");
        headers.put("X-GitHub-Hook-Installation-Target-ID", "4711");
        headers.put("X-GitHub-Hook-Installation-Target-Type", "integration");
        headers.put("X-Hub-Signature-256", signature(secret, body.getBytes(StandardCharsets.UTF_8)));
        return headers;
    }

    /** Delivers it and brings the answer. */
    public HttpResponse<String> to(URI webhook, String secret) {
        var request = HttpRequest.newBuilder(webhook)
                .timeout(Duration.ofSeconds(10))
                .POST(BodyPublishers.ofString(body));
        headers(secret).forEach(request::header);
        try {
            return client(webhook).send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
