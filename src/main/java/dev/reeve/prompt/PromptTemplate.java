package dev.reeve.prompt;

import com.samskivert.mustache.BasicCollector;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import dev.reeve.model.Text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A <a href="https://mustache.github.io/mustache.5.html">Mustache</a> template of a prompt: {@code {{name}}}, {@code {{#list}}…{{/list}}}, {@code {{^list}}…{{/list}}} and
 * {@code {{!comment}}}. Nothing is escaped, and nothing is included.
 *
 * <p><i>Threading:</i> may be used by several threads.
 */
public final class PromptTemplate {

    /** So many bytes a template may have. */
    public static final int LONGEST_TEMPLATE = 256 * 1024;
    /** So many bytes a prompt may have. */
    public static final int LONGEST = 1024 * 1024;
    /** So many bytes a prompt may have that is given as an argument: Linux takes no longer one. */
    public static final int LONGEST_ARGUMENT = 128 * 1024 - 1;

    private static final int LEAST = 4096;
    private static final String BUILT_IN = "/default-prompt.md";
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private static final Mustache.Compiler COMPILER = Mustache.compiler()
            .escapeHTML(false)
            .strictSections(true)
            .emptyStringIsFalse(true)
            .withCollector(new MapsOnly());

    /** Looks names up in maps, never in the fields and methods of an object. */
    private static final class MapsOnly extends BasicCollector {
        @Override
        public <K, V> Map<K, V> createFetcherCache() {
            return new ConcurrentHashMap<>();
        }
    }

    private final Template template;

    private PromptTemplate(Template template) {
        this.template = template;
    }

    /**
     * The template that is used where the team has none.
     *
     * @throws IllegalStateException when the program was built without it
     */
    public static PromptTemplate builtIn() {
        return switch (read("default-prompt.md", builtInBytes())) {
            case TemplateReading.Usable(var template) -> template;
            case TemplateReading.Faulty(var faults) -> throw new IllegalStateException(faults.toString());
        };
    }

    private static byte[] builtInBytes() {
        try (var in = PromptTemplate.class.getResourceAsStream(BUILT_IN)) {
            if (in == null) {
                throw new IllegalStateException("this Reeve was built without " + BUILT_IN + ": build it anew");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(BUILT_IN + " can't be read", e);
        }
    }

    /**
     * Reads a template, which may be anything.
     *
     * @param file its name in messages
     */
    public static TemplateReading read(String file, byte[] content) {
        if (content.length > LONGEST_TEMPLATE) {
            return faulty(file + ": has " + content.length + " bytes, and a template may have " + LONGEST_TEMPLATE);
        }
        try {
            var text = UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
            return read(file, text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            return faulty(file + ": is not UTF-8");
        }
    }

    private static TemplateReading read(String file, String text) {
        var faults = TemplateCheck.faults(file, text);
        if (!faults.isEmpty()) {
            return new TemplateReading.Faulty(faults);
        }
        try {
            var template = new PromptTemplate(COMPILER.compile(text));
            Specimens.ALL.forEach(facts -> template.filled(facts, 0, LONGEST));
            return new TemplateReading.Usable(template);
        } catch (MustacheException e) {
            return faulty(file + ": " + Text.plain(String.valueOf(e.getMessage()), 300));
        }
    }

    private static TemplateReading faulty(String fault) {
        return new TemplateReading.Faulty(List.of(fault));
    }

    /**
     * The prompt. Where it would be too long, the oldest of the history is left out, and then its middle; it says so itself.
     *
     * @param most so many bytes of UTF-8 it may have: {@link #LONGEST}, or {@link #LONGEST_ARGUMENT}
     * @throws IllegalArgumentException when that is less than 4 KiB
     */
    public String render(PromptFacts facts, int most) {
        if (most < LEAST) {
            throw new IllegalArgumentException("no prompt has only " + most + " bytes");
        }
        int least = Names.tooMany(facts);
        var whole = filled(facts, least, most);
        return (whole.fits() ? whole : filled(facts, leftOut(facts, least, most), most))
                .text("the whole task is in " + Text.plain(facts.task().path().value(), 300));
    }

    /** How many of the oldest events have to be left out; all of them when even that doesn't help. */
    private int leftOut(PromptFacts facts, int tooFew, int most) {
        int low = tooFew;
        int enough = facts.history().size();
        while (enough - low > 1) {
            int middle = (low + enough) >>> 1;
            if (filled(facts, middle, most).fits()) {
                enough = middle;
            } else {
                low = middle;
            }
        }
        return enough;
    }

    private Clipped filled(PromptFacts facts, int leftOut, int most) {
        var out = new Clipped(most);
        template.execute(Names.values(facts, leftOut), out);
        return out;
    }
}
