package dev.reeve.kit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What GitHub remembers of the deliveries to the App's webhook: one entry for each attempt, the newest first. */
public final class FakeDeliveryLog {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final InstantSource clock;
    private final List<Entry> entries = new ArrayList<>();
    private long lastId = 7_000_000_000L;

    FakeDeliveryLog(InstantSource clock) {
        this.clock = clock;
    }

    private record Entry(long id, FakeDelivery delivery, Instant at, int status, @Nullable ObjectNode instead) {}

    /** An attempt was answered so; 0 when there was no answer. */
    public FakeDeliveryLog add(FakeDelivery delivery, int status) {
        return add(new Entry(++lastId, delivery, clock.instant(), status, null));
    }

    /** An attempt of that time failed, and is listed only now, in its place. */
    public synchronized void addLate(FakeDelivery delivery, Instant at) {
        int newer = (int) entries.stream().filter(entry -> entry.at().isAfter(at)).count();
        entries.add(newer, new Entry(++lastId, delivery, at, 502, null));
    }

    /** An attempt failed, and the log shows this in place of what was sent. */
    public FakeDeliveryLog addShowing(FakeDelivery delivery, ObjectNode instead) {
        return add(new Entry(++lastId, delivery, clock.instant(), 502, instead));
    }

    private synchronized FakeDeliveryLog add(Entry entry) {
        entries.addFirst(entry);
        return this;
    }

    /** What is older is kept no longer. */
    public synchronized void expire(Instant before) {
        entries.removeIf(entry -> entry.at().isBefore(before));
    }

    /** An entry that can't be understood. */
    public void addMalformed() {
        add(new FakeDelivery("push", "", "{}"), 502);
    }

    synchronized FakeAnswer page(FakeRequest request) {
        int size = Math.min(100, request.number("per_page", 30));
        var cursor = Optional.ofNullable(request.query().get("cursor")).map(text -> Long.parseLong(text.substring(3)));
        var rest = entries.stream()
                .dropWhile(entry -> cursor.filter(id -> entry.id() != id).isPresent())
                .toList();
        var page = JsonNodeFactory.instance.arrayNode();
        rest.stream().limit(size).forEach(entry -> page.add(item(entry)));
        return rest.size() <= size ? FakeAnswer.ok(page)
                : FakeAnswer.ok(page)
                        .with("Link", "<http://" + request.headers().get("host") + FakeGitHub.PREFIX
                                + "/app/hook/deliveries?per_page=" + size + "&cursor=v1_" + rest.get(size).id()
                                + ">; rel=\"next\"");
    }

    synchronized FakeAnswer details(long id) {
        return entries.stream()
                .filter(entry -> entry.id() == id)
                .findFirst()
                .map(entry -> FakeAnswer.ok(details(entry)))
                .orElseGet(FakeRoutes::notFound);
    }

    private static ObjectNode details(Entry entry) {
        var json = item(entry).put("url", "https://reeve.example.com/webhooks/github");
        var request = json.putObject("request");
        request.putObject("headers").put("X-GitHub-Hook-ID", "471100").put("X-GitHub-Event", entry.delivery().event());
        request.set("payload", payload(entry.delivery()));
        json.putObject("response").putNull("headers").putNull("payload");
        return entry.instead() == null ? json : json.setAll(entry.instead());
    }

    private static ObjectNode item(Entry entry) {
        var payload = payload(entry.delivery());
        var json = FakeJson.object()
                .put("id", entry.id())
                .put("guid", entry.delivery().guid())
                .put("delivered_at", entry.at().toString())
                .put("redelivery", false)
                .put("duration", 0.1)
                .put("status", entry.status() == 202 ? "Accepted" : "failed to connect to host")
                .put("status_code", entry.status())
                .put("event", entry.delivery().event());
        json.set("action", payload.path("action").isTextual() ? payload.path("action") : null);
        json.set("installation_id",
                payload.at("/installation/id").isMissingNode() ? null : payload.at("/installation/id"));
        json.set("repository_id", payload.at("/repository/id").isMissingNode() ? null : payload.at("/repository/id"));
        return json;
    }

    private static JsonNode payload(FakeDelivery delivery) {
        try {
            return JSON.readTree(delivery.body());
        } catch (JsonProcessingException _) {
            return JsonNodeFactory.instance.objectNode();
        }
    }
}
