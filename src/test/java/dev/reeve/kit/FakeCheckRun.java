package dev.reeve.kit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reeve.model.Sha;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A check run as GitHub keeps it.
 *
 * @param app whose it is; 0 for the App under test
 * @param annotations all that were ever sent for it: GitHub only adds
 */
public record FakeCheckRun(long id, long app, Sha head, String name, @Nullable String externalId, String status,
        @Nullable String conclusion, String title, String summary, String text, List<JsonNode> annotations) {}
