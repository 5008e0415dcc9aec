package dev.reeve.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.reeve.decide.Explanation;
import dev.reeve.decide.Explanation.Fact;
import dev.reeve.decide.Explanation.Rule;
import dev.reeve.decide.Explanation.Verdict;
import dev.reeve.model.Judgement.Dispatchability;
import dev.reeve.reconcile.SignalJson;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Why a task is where it is, for programs; {@code docs/explain.schema.json} is its schema. */
final class ExplanationJson {

    private ExplanationJson() {}

    static void write(JsonGenerator json, Explanation explanation) throws IOException {
        json.writeStartObject();
        json.writeNumberField("schema", 1);
        json.writeStringField("slug", explanation.slug().value());
        for (var rule : explanation.rules()) {
            if (rule.verdict() == Verdict.DECIDES) {
                json.writeStringField("bucket", rule.bucket().id());
                json.writeStringField("reason", rule.reason());
            }
        }
        facts(json, "intent", explanation.intent());
        facts(json, "run", explanation.run());
        facts(json, "pull_request", explanation.pullRequest());
        rules(json, explanation.rules());
        dispatch(json, explanation.dispatch());
        json.writeArrayFieldStart("signals");
        for (var advice : explanation.advice()) {
            json.writeStartObject();
            SignalJson.members(json, advice.signal());
            json.writeStringField("remedy", advice.remedy());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void facts(JsonGenerator json, String name, List<Fact> facts) throws IOException {
        json.writeArrayFieldStart(name);
        for (var fact : facts) {
            json.writeStartObject();
            json.writeStringField("name", fact.name());
            json.writeStringField("value", fact.value());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void rules(JsonGenerator json, List<Rule> rules) throws IOException {
        json.writeArrayFieldStart("rules");
        for (var rule : rules) {
            json.writeStartObject();
            json.writeStringField("bucket", rule.bucket().id());
            json.writeStringField("rule", rule.words());
            json.writeStringField("verdict", rule.verdict().name().toLowerCase(Locale.ROOT));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void dispatch(JsonGenerator json, Dispatchability dispatch) throws IOException {
        switch (dispatch) {
            case Dispatchability.Dispatchable(var since) -> {
                json.writeBooleanField("dispatchable", true);
                json.writeStringField("dispatchable_since", since.toString());
            }
            case Dispatchability.NotDispatchable(var reason) -> {
                json.writeBooleanField("dispatchable", false);
                json.writeStringField("not_dispatchable", reason);
            }
        }
    }
}
