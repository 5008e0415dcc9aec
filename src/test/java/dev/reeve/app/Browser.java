package dev.reeve.app;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A browser as a server sees it: says which host it means and from which page it comes, and keeps cookies. Each may be a lie. */
final class Browser {

    private final int port;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();

    /** What came back: the whole answer as text. */
    record Seen(String text) {

        int status() {
            return Integer.parseInt(text.substring(9, 12));
        }

        String header(String name) {
            return text.lines()
                    .takeWhile(line -> !line.isEmpty())
                    .filter(line -> line.toLowerCase(java.util.Locale.ROOT)
                            .startsWith(name.toLowerCase(java.util.Locale.ROOT) + ": "))
                    .map(line -> line.substring(name.length() + 2))
                    .collect(Collectors.joining("; "));
        }

        String body() {
            return text.substring(text.indexOf("\r\n\r\n") + 4);
        }
    }

    Browser(int port) {
        this.port = port;
        with("Host", "localhost:" + port);
    }

    Browser with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    Browser without(String header) {
        headers.remove(header);
        return this;
    }

    Map<String, String> cookies() {
        return cookies;
    }

    Seen get(String path) {
        return exchange("GET " + path, "", headers);
    }

    /** Sends a form from a page of the host that it means. */
    Seen post(String path, Map<String, String> form) {
        return post(path, form, "http://" + headers.get("Host"));
    }

    Seen post(String path, Map<String, String> form, String origin) {
        var body = form.entrySet()
                .stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var sent = new LinkedHashMap<>(headers);
        sent.put("Content-Type", "application/x-www-form-urlencoded");
        if (!origin.isEmpty()) {
            sent.put("Origin", origin);
        }
        return exchange("POST " + path, body, sent);
    }

    private Seen exchange(String line, String body, Map<String, String> sent) {
        var request = new StringBuilder(line + " HTTP/1.1\r\n");
        sent.forEach((name, value) -> request.append(name + ": " + value + "\r\n"));
        if (!cookies.isEmpty()) {
            request.append("Cookie: "
                    + cookies.entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining("; ")) + "\r\n");
        }
        request.append("Content-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + body);
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
            var answer = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(answer);
            return kept(new Seen(answer.toString(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Seen kept(Seen seen) {
        seen.text()
                .lines()
                .takeWhile(line -> !line.isEmpty())
                .filter(line -> line.startsWith("Set-Cookie: "))
                .forEach(line -> {
                    var cookie = line.substring("Set-Cookie: ".length()).split("[=;]", -1);
                    if (line.contains("Max-Age=0")) {
                        cookies.remove(cookie[0]);
                    } else {
                        cookies.put(cookie[0], cookie[1]);
                    }
                });
        return seen;
    }
}
