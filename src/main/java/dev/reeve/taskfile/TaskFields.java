package dev.reeve.taskfile;

import dev.reeve.model.BranchName;
import dev.reeve.model.Fault;
import dev.reeve.model.Place;
import dev.reeve.model.Priority;
import dev.reeve.model.SignalKind;
import dev.reeve.model.Slug;
import dev.reeve.model.Task;
import dev.reeve.model.TaskPath;
import dev.reeve.model.TaskStatus;
import dev.reeve.model.Text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes a task of well-formed frontmatter, or says all that keeps it from being one. */
final class TaskFields {

    private static final List<String> ONLY_TEXT = List.of("id", "completed_by", "completed_at", "pr_url",
            "pr_created_at", "pr_merged_at", "merge_commit", "started_at");
    private static final Pattern PR_NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

    private final TaskPath path;
    private final Frontmatter frontmatter;
    private final Faults faults;
    private final Map<String, Node> values = new LinkedHashMap<>();

    TaskFields(TaskPath path, Frontmatter frontmatter) {
        this.path = path;
        this.frontmatter = frontmatter;
        this.faults = new Faults(frontmatter.source());
        frontmatter.entries().forEach(entry -> values.putIfAbsent(entry.key().text(), entry.value()));
    }

    static Fault invalidSlug(TaskPath path) {
        return new Fault(SignalKind.INVALID_SLUG, Place.of(path.value()), "the file name "
                + Text.quoted(path.fileName())
                + " is no slug; rename it to a-z, 0-9 and -, not beginning with -, at most 120 characters, and .md");
    }

    /** The verdict; the content is the file's, for its body. */
    Reading reading(byte[] content) {
        var slug = path.slug();
        if (slug.isEmpty()) {
            faults.add(invalidSlug(path));
        }
        frontmatter.check(faults);
        var title = required("title", "title: what is to be done");
        var status = status();
        var priority = parsed("priority", Priority::parse, "must be p0, p1, p2 or p3").orElse(Priority.P2);
        var milestone = text("milestone").orElse(null);
        var owner = text("owner").orElse(null);
        var dependsOn = dependsOn();
        var branch = parsed("branch", BranchName::parse, "is no name that git takes for a branch");
        var prNumber = parsed("pr_number", TaskFields::prNumber, "must be a pull request's number, as 12");
        ONLY_TEXT.forEach(this::text);
        if (slug.isEmpty() || title.isEmpty() || status.isEmpty() || !faults.isEmpty()) {
            return new Reading.Invalid(faults.inOrder());
        }
        var gates = Gates.in(content, frontmatter.fences().body());
        return new Reading.Valid(new Task(slug.get(), path, title.get(), status.get(), priority, milestone, owner,
                dependsOn, branch.orElseGet(() -> BranchName.ofTask(slug.get())), prNumber.orElse(null), texts(),
                gates.openBoxes(), gates.reviewRecord()));
    }

    private Optional<TaskStatus> status() {
        var said = required("status", "status: not_started");
        var status = said.flatMap(TaskStatus::parse);
        if (said.isPresent() && status.isEmpty()) {
            var known = Arrays.stream(TaskStatus.values()).map(TaskStatus::id).collect(Collectors.joining(", "));
            faults.add(SignalKind.INVALID_STATUS, value("status"),
                    Text.quoted(said.get()) + " is no status; write one of " + known);
        }
        return status;
    }

    private Optional<String> required(String key, String example) {
        var text = text(key);
        var node = values.get(key);
        if (node == null || isMissing(node)) {
            faults.add(new Fault(SignalKind.INVALID_FRONTMATTER, Place.of(path.value()),
                    key + " is missing; add a line " + example));
        }
        return text;
    }

    private <T> Optional<T> parsed(String key, Function<String, Optional<T>> parser, String otherwise) {
        return text(key).flatMap(said -> {
            var parsed = parser.apply(said);
            if (parsed.isEmpty()) {
                faults.add(value(key), key + " " + Text.quoted(said) + " " + otherwise);
            }
            return parsed;
        });
    }

    private static Optional<Integer> prNumber(String text) {
        return PR_NUMBER.matcher(text).matches() ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }

    private List<Slug> dependsOn() {
        var node = values.get("depends_on");
        if (node == null || isMissing(node)) {
            return List.of();
        }
        if (!node.isList()) {
            faults.add(node, "depends_on must be a list, as [other-slug]");
            return List.of();
        }
        var slugs = new ArrayList<Slug>();
        for (var item : node.children()) {
            var slug = item.isScalar() ? Slug.parse(item.text().strip()) : Optional.<Slug>empty();
            slug.ifPresentOrElse(slugs::add, () -> faults.add(item, "depends_on has "
                    + Text.quoted(frontmatter.textOf(item))
                    + ", which is no slug; write the other task's file name without .md"));
        }
        return List.copyOf(slugs);
    }

    /**
     * A known key's text, stripped; nothing when it is missing or, which is a fault, no line of text. Escapes in double
     * quotes can say what may not stand in a file: controls, breaks, halves of surrogate pairs.
     */
    private Optional<String> text(String key) {
        var node = values.get(key);
        if (node == null || isMissing(node)) {
            return Optional.empty();
        }
        if (!node.isScalar()) {
            faults.add(node, key + " must be a text, not " + described(node.kind()));
            return Optional.empty();
        }
        var text = node.text().strip();
        if (!Characters.areInline(text)) {
            faults.add(node, key + " must be one line without control characters");
            return Optional.empty();
        }
        return Optional.of(text);
    }

    private static String described(Node.Kind kind) {
        return switch (kind) {
            case FLOW_LIST, BLOCK_LIST -> "a list";
            case FLOW_MAP, BLOCK_MAP -> "a mapping";
            case ALIAS -> "an alias";
            case PLAIN, SINGLE_QUOTED, DOUBLE_QUOTED, BLOCK_TEXT -> "a text";
        };
    }

    private static boolean isMissing(Node node) {
        return node.isNull() || (node.isScalar() && node.text().isBlank());
    }

    private Node value(String key) {
        return Objects.requireNonNull(values.get(key));
    }

    private Map<String, String> texts() {
        var texts = new LinkedHashMap<String, String>();
        values.forEach((key, value) -> texts.put(key, frontmatter.textOf(value)));
        return Collections.unmodifiableMap(texts);
    }
}
