package dev.reeve.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The few fields of a payload that say where to look, read in one pass over the whole of it, so that what isn't JSON is noticed. No tree is
 * built, and what isn't asked for is skipped. Where a field is named twice readers differ in which one counts, so a payload that does it with
 * a field that counts here is refused.
 */
final class PayloadFields {

    private static final int LONGEST_VALUE = 1_024;
    /** Of a longer list only so many are read. */
    private static final int LONGEST_LIST = 100;
    private static final Set<String> OBJECTS = Set.of("repository", "installation", "pull_request", "changes",
            "changes.default_branch", "check_run", "check_suite", "check_suite.app", "merge_group", "requested_action",
            "sender");
    private static final Set<String> WANTED = Set.of("action", "ref", "before", "after", "created", "deleted", "forced",
            "repository.full_name", "repository.default_branch", "installation.id", "pull_request.number",
            "changes.default_branch.from", "check_run.id", "check_run.head_sha", "check_run.external_id",
            "check_suite.head_sha", "check_suite.head_branch", "check_suite.app.id", "merge_group.head_sha",
            "merge_group.head_ref", "requested_action.identifier", "sender.login", "sha", "state");
    /** What other Apps may fill with what they like; where it is no short value it is none of ours. */
    private static final Set<String> OF_OTHERS = Set.of("check_run.external_id", "requested_action.identifier", "sha",
            "state");
    /** Lists of repositories, of each of which the name is read. */
    private static final Set<String> LISTS = Set.of("repositories", "repositories_added", "repositories_removed");
    private static final String ELEMENT = "full_name";
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(100)
                    .maxNumberLength(100)
                    .maxNameLength(1_000)
                    .maxStringLength(Intake.LARGEST_BODY)
                    .maxDocumentLength(Intake.LARGEST_BODY)
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final Map<String, String> values = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final List<String> listed = new ArrayList<>();
    private boolean longer;

    private PayloadFields() {}

    static PayloadFields read(byte[] json) throws RefusedException {
        var fields = new PayloadFields();
        try (var parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw RefusedException.malformed("the payload is no JSON object");
            }
            fields.object(parser, "");
            if (parser.nextToken() != null) {
                throw RefusedException.malformed("something follows the payload's JSON object");
            }
            return fields;
        } catch (IOException _) {
            throw RefusedException.malformed("the payload is not well-formed JSON, or nested too deeply");
        }
    }

    private void object(JsonParser parser, String prefix) throws IOException, RefusedException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = prefix + parser.currentName();
            var value = parser.nextToken();
            if (WANTED.contains(name)) {
                once(name);
                scalar(parser, name, value);
            } else if (OBJECTS.contains(name)) {
                once(name);
                if (value == JsonToken.START_OBJECT) {
                    object(parser, name + ".");
                } else {
                    parser.skipChildren();
                }
            } else if (LISTS.contains(name)) {
                once(name);
                list(parser, name, value);
            } else {
                parser.skipChildren();
            }
        }
    }

    private void list(JsonParser parser, String name, JsonToken value) throws IOException, RefusedException {
        if (value != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.START_OBJECT && listed.size() < LONGEST_LIST) {
                element(parser, name);
            } else {
                longer = true;
                parser.skipChildren();
            }
        }
    }

    private void element(JsonParser parser, String list) throws IOException, RefusedException {
        boolean named = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean isName = parser.currentName().equals(ELEMENT);
            var value = parser.nextToken();
            if (!isName) {
                parser.skipChildren();
            } else if (named || value != JsonToken.VALUE_STRING || parser.getTextLength() > LONGEST_VALUE) {
                throw RefusedException.malformed("a name in the payload's " + list + " is repeated or no short text");
            } else {
                listed.add(parser.getText());
                named = true;
            }
        }
        longer |= !named;
    }

    private void once(String name) throws RefusedException {
        if (!seen.add(name)) {
            throw RefusedException.malformed("the payload names " + name + " twice");
        }
    }

    private void scalar(JsonParser parser, String name, JsonToken value) throws IOException, RefusedException {
        if (value == JsonToken.VALUE_NULL) {
            return;
        }
        if (OF_OTHERS.contains(name) && (!value.isScalarValue() || parser.getTextLength() > LONGEST_VALUE)) {
            parser.skipChildren();
            return;
        }
        if (!value.isScalarValue() || parser.getTextLength() > LONGEST_VALUE) {
            throw RefusedException.malformed("the payload's " + name + " is no short value");
        }
        values.put(name, parser.getText());
    }

    /** The value as text; nothing when it is missing or null. */
    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** The names of the repositories that its lists name, the first hundred. */
    List<String> listed() {
        return List.copyOf(listed);
    }

    /** Whether the lists name more than {@link #listed}. */
    boolean listsMore() {
        return longer;
    }

    /** True when the value is {@code true}. */
    boolean isTrue(String name) {
        return "true".equals(values.get(name));
    }
}
