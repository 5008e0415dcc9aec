package dev.reeve.web;

import com.samskivert.mustache.BasicCollector;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.javalin.http.Context;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A page for people: a template in {@code pages}, within the frame that all pages share. What is filled in is escaped. No page has a script, is kept by a browser, or is shown inside of another
 * site's page; forms go to the server itself and to the one address that is named.
 *
 * <p><b>Threading</b>: any thread.
 */
final class Page {

    private static final Mustache.Compiler COMPILER = Mustache.compiler()
            .escapeHTML(true)
            .strictSections(true)
            .emptyStringIsFalse(true)
            .withCollector(new MapsOnly());
    private static final String STYLE = resource("style.css");
    private static final String POLICY = "default-src 'none'; style-src 'sha256-" + digest(STYLE)
            + "'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";
    private static final Template FRAME = COMPILER.compile(resource("frame.html"));

    /** Looks names up in maps, never in the fields and methods of an object. */
    private static final class MapsOnly extends BasicCollector {
        @Override
        public <K, V> Map<K, V> createFetcherCache() {
            return new ConcurrentHashMap<>();
        }
    }

    private final Template template;
    private final String title;

    private Page(Template template, String title) {
        this.template = template;
        this.title = title;
    }

    /** The page of this name; made once, when the program starts. */
    static Page named(String name, String title) {
        return new Page(COMPILER.compile(resource(name + ".html")), title);
    }

    /** Answers with the page. */
    void show(Context context, int status, Map<String, ?> values) {
        show(context, status, values, "");
    }

    /** @param formsGoTo another server to which a form of the page may be sent, {@code https://github.com} */
    void show(Context context, int status, Map<String, ?> values, String formsGoTo) {
        var framed = new HashMap<String, Object>();
        framed.put("title", title);
        framed.put("style", STYLE);
        framed.put("body", template.execute(values));
        headers(context, formsGoTo);
        context.status(status).contentType("text/html;charset=utf-8").result(FRAME.execute(framed));
    }

    private static void headers(Context context, String formsGoTo) {
        context.header("Content-Security-Policy", formsGoTo.isEmpty() ? POLICY : POLICY + " " + formsGoTo)
                .header("X-Frame-Options", "DENY")
                .header("Cache-Control", "no-store")
                // Other sites aren't told where somebody comes from; our own forms have to say it.
                .header("Referrer-Policy", "same-origin")
                .header("Cross-Origin-Opener-Policy", "same-origin");
    }

    private static String resource(String name) {
        try (var in = Page.class.getResourceAsStream("/pages/" + name)) {
            if (in == null) {
                throw new IllegalStateException("this Reeve was built without pages/" + name + ": build it anew");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("pages/" + name + " can't be read", e);
        }
    }

    private static String digest(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }
}
