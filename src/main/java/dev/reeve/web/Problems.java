package dev.reeve.web;

import com.fasterxml.jackson.core.JsonFactory;
import io.javalin.http.Context;
import org.eclipse.jetty.http.HttpStatus;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** RFC 9457: what went wrong, for programs. */
final class Problems {

    static final String TYPE = "application/problem+json";

    private static final JsonFactory JSON = new JsonFactory();

    private Problems() {}

    static void answer(Context context, int status, String detail) {
        context.status(status).contentType(TYPE).result(text(status, detail).getBytes(StandardCharsets.UTF_8));
    }

    private static String text(int status, String detail) {
        var text = new StringWriter();
        try (var json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("title", HttpStatus.getMessage(status));
            json.writeNumberField("status", status);
            json.writeStringField("detail", detail);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
