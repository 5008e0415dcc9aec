package dev.reeve.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.reeve.config.AppManifest;
import dev.reeve.model.Loopback;
import dev.reeve.web.Setup.Wish;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;

/**
 * The manifest in the form in which GitHub takes it.
 *
 * @see <a href="https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-from-a-manifest">GitHub's description</a>
 */
final class ManifestJson {

    private ManifestJson() {}

    /** @param comeBack where GitHub sends the browser with the code */
    static String of(AppManifest manifest, Wish wish, URI comeBack) {
        var text = new StringWriter();
        try (var json = new JsonFactory().createGenerator(text)) {
            write(json, manifest, wish, comeBack);
        } catch (IOException e) {
            throw new UncheckedIOException("nothing fails that is written to memory", e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, AppManifest manifest, Wish wish, URI comeBack) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", wish.name());
        json.writeStringField("description", manifest.description());
        json.writeStringField("url", wish.publicUrl().toString());
        if (!Loopback.is(wish.publicUrl())) {
            writeWebhook(json, manifest, wish);
        }
        json.writeStringField("redirect_url", comeBack.toString());
        json.writeBooleanField("public", false);
        json.writeObjectFieldStart("default_permissions");
        for (var permission : manifest.permissions().entrySet()) {
            json.writeStringField(permission.getKey(), permission.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    /**
     * GitHub refuses a manifest whose webhook is an address of this machine, even one that isn't active, and a webhook without an address. Where there is none, events are nothing to
     * subscribe to.
     */
    private static void writeWebhook(JsonGenerator json, AppManifest manifest, Wish wish) throws IOException {
        json.writeObjectFieldStart("hook_attributes");
        json.writeStringField("url", wish.publicUrl() + "/webhooks/github");
        json.writeBooleanField("active", true);
        json.writeEndObject();
        json.writeArrayFieldStart("default_events");
        for (var event : manifest.events()) {
            json.writeString(event);
        }
        json.writeEndArray();
    }
}
